# migreringslint: constraint-missing-not-valid: the lists are few

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('uppfoljning', '0012_utdrag'),
    ]

    operations = [
        migrations.AddField(
            model_name='gallringslista',
            name='slag',
            field=models.CharField(choices=[('akt', 'nämndens akter, fem år'), ('utforare', 'privata utförares texter, två år')], db_default='akt', default='akt', max_length=8, verbose_name='gäller'),
        ),
        migrations.AddConstraint(
            model_name='gallringslista',
            constraint=models.CheckConstraint(condition=models.Q(('slag__in', ['akt', 'utforare'])), name='gallringslista_slag', violation_error_message='Okänt värde. Tillåtna värden: akt, utforare.'),
        ),
    ]
