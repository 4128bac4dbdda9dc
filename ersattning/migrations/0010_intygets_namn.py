"""The name that a paper had when it was handed in may be a person's. It is no longer kept, nor what was kept of it."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('ersattning', '0009_avvikelsebedomning'),
        ('ersattning', '0009_bonusansokan'),
    ]

    operations = [
        migrations.RemoveField(model_name='bonusansokan', name='intyg_namn'),
    ]
