"""The roles: viewers look, editors correct; who is administrator besides gives out accounts."""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# What editors put right, add and take away. Evidence and claims are changed on the pages of what they prove.
EDITED = ("actor", "alias", "article", "claim", "event", "evidence", "feed", "judgement", "place", "publisher",
          "participation", "statement", "story", "storyentry")


def make_roles(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    # Permissions are made after all migrations, and the roles are made of them.
    configuration = apps.get_app_config("timeline")
    kept, configuration.models_module = getattr(configuration, "models_module", None), True
    create_permissions(configuration, apps=apps, verbosity=0)
    configuration.models_module = kept
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="timeline")
    viewers, _ = apps.get_model("auth", "Group").objects.get_or_create(name="viewers")
    editors, _ = apps.get_model("auth", "Group").objects.get_or_create(name="editors")
    viewers.permissions.add(*permissions.filter(codename__startswith="view_"))
    editors.permissions.add(*permissions.filter(codename__startswith="view_"))
    editors.permissions.add(*permissions.filter(content_type__model__in=EDITED))


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0015_storing_at_size'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
