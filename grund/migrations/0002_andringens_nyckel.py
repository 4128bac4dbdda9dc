from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grund", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="andring",
            index=models.Index(
                condition=models.Q(("nyckel", ""), _negated=True), fields=["fil", "nyckel"], name="andring_nyckel"
            ),
        ),
    ]
