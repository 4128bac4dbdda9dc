from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grund', '0006_inloggning'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='handelse',
            index=models.Index(fields=['tidpunkt'], name='handelse_tidpunkt'),
        ),
    ]
