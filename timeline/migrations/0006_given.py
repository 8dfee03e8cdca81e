from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("timeline", "0005_review"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="given",
            field=models.JSONField(default=dict, editable=False),
        ),
    ]
