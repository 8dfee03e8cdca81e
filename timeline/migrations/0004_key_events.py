from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("timeline", "0003_merging"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["status", "-importance", "chrono"], name="event_importance"),
        ),
    ]
