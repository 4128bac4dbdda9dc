from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grund", "0002_andringens_nyckel")]

    operations = [
        migrations.AddIndex(
            model_name="andring",
            index=models.Index(fields=["slag", "objekt_id"], name="andring_omfang"),
        ),
    ]
