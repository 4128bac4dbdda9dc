from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ersattning", "0006_manadssummor")]

    operations = [
        migrations.AlterField(
            model_name="fil",
            name="slag",
            field=models.CharField(
                choices=[
                    ("specifikation_pdf", "Ersättningsspecifikation (PDF)"),
                    ("specifikation_xlsx", "Ersättningsspecifikation (Excel)"),
                    ("underlag_xlsx", "Underlag (Excel)"),
                    ("manad_xlsx", "Månadens arbetsbok (Excel)"),
                ],
                max_length=20,
                verbose_name="slag",
            ),
        ),
    ]
