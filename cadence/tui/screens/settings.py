"""Settings: yours, kept in your own file; the team's are on the Team screen."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from textual import events
from textual.app import ComposeResult

import cadence
from cadence.language import LANGUAGES, _, p_, speaking, speech
from cadence.model.calendar import Calendar
from cadence.model.errors import BadInput, CadenceError
from cadence.tui.actions import BY_ID, bindings, keys_text
from cadence.tui.screens.asking import asks
from cadence.tui.screens.list_screen import ListScreen
from cadence.tui.screens.prompt import Answers, Field, Question
from cadence.tui.speaking import speak
from cadence.tui.widgets.settings_list import Setting, SettingsList
from cadence.user.folders import cache_folder, config_file, default_calendar, state_folder
from cadence.user.settings import check_value, read_config

KEPT = ("theme", "language", "member", "calendar")
"""What the config file holds, in the order of the screen."""


class SettingsScreen(ListScreen):
    place = "settings"
    BINDINGS = bindings("settings")
    AUTO_FOCUS = "SettingsList"

    def __init__(self) -> None:
        super().__init__()
        self._before: list[tuple[str, str | None]] = []
        """What settings were before they were changed here, the newest last; None: not set."""
        self._config: dict[str, str] = {}
        self._trouble = ""

    def compose_middle(self) -> ComposeResult:
        yield SettingsList(ascii_only=self.cadence.ascii_only)

    @property
    def list(self) -> SettingsList:
        return self.query_one(SettingsList)

    def on_mount(self) -> None:
        self._show()
        self._look_around()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        self._show()

    def calendar_changed(self, before: Calendar, after: Calendar) -> None:
        self._show()

    # The rows

    def _show(self) -> None:
        if not self.is_mounted:
            return
        try:
            self._config, self._trouble = read_config(), ""
        except CadenceError as error:
            self._config, self._trouble = {}, str(error)
        self.list.show(list(self._rows()))

    def _rows(self) -> Iterator[Setting]:
        app = self.cadence
        yield Setting("", _("Yours"), note=self._trouble or _("kept in {file}", file=_short(config_file())))
        yield self._kept("theme", _("Colours"), app.theme, can_turn=True)
        yield self._kept("language", _("Language"), LANGUAGES[speech().code], can_turn=True)
        yield self._kept(
            "member", _("Who you are"), self._config.get("member", _("not said")), usual=_("by your login")
        )
        usual = _short(default_calendar())
        yield self._kept("calendar", _("Calendar"), self._config.get("calendar", usual))
        yield Setting("", "")
        yield Setting("", _("Now"), note=_("until you leave"))
        viewer = app.viewer
        yield Setting(
            "you", _("You are"), viewer.name if viewer else _("nobody we know"), _("enter: somebody else")
        )
        yield Setting("open", _("Open calendar"), _short(app.workspace.url))
        yield Setting(
            "team", _("The team's settings"), self.calendar.team.name, _("enter: to the Team screen")
        )
        yield Setting("", "")
        yield Setting("", _("Keys"), note=_("yours, where they differ"))
        yield Setting(
            "keymap", _("Keymap"), _short(config_file().with_name("keys.toml")), self._keymap_note()
        )
        for id, _keys in sorted(app.keymap.items()):
            action = BY_ID[id]
            usual_keys = keys_text(action) or "–"
            note = _("instead of {keys}: {help}", keys=usual_keys, help=_(action.help))
            yield Setting(f"key {id}", f"  {id}", keys_text(action, app.keymap) or "–", note)
        yield Setting("", "")
        yield Setting("", _("This Cadence"))
        yield Setting("version", _("Version"), cadence.__version__)
        yield Setting("config", _("Config file"), _short(config_file()))
        yield Setting("state", _("Logs"), _short(state_folder()))
        yield Setting("cache", _("Cache"), _short(cache_folder()))

    def _kept(self, key: str, label: str, value: str, *, usual: str = "", can_turn: bool = False) -> Setting:
        """A setting of the config file, and where its value comes from."""
        variable = f"CADENCE_{key.upper()}"
        if key != "theme" and (told := os.environ.get(variable)):
            return Setting(
                key, label, value, _("{variable} says {value}", variable=variable, value=told), can_turn
            )
        return Setting(
            key, label, value, "" if key in self._config else usual or p_("setting", "the usual"), can_turn
        )

    def _keymap_note(self) -> str:
        file = config_file().with_name("keys.toml")
        return "" if file.exists() else _("not there yet")

    # Changing

    @asks
    async def action_settings_edit(self) -> None:
        setting = self.list.current
        if setting is None:
            return
        if setting.key == "team":
            self.cadence.go_to_place("team")
        elif setting.key == "you":
            await self._be_somebody()
        elif setting.key in KEPT:
            await self._change(setting)
        else:
            self.cadence.say(_("This is only told · y copies it"), "dim")

    async def _change(self, setting: Setting) -> None:
        key, before = setting.key, self._config.get(setting.key, "")
        theme = self.app.theme

        def read(answers: Answers) -> tuple[str, str]:
            value = answers["value"]
            if not value:
                return "", _("{setting}: the usual again", setting=setting.label)
            return value, self._would(key, value)

        field = Field("value", setting.label, before, _("the usual"), self._known(key))
        value = await self.ask(Question(_("Your settings"), [field], read, _("keeps it")))
        self.app.theme = theme
        if value is not None:
            await self.keep(key, value or None)

    def _would(self, key: str, value: str) -> str:
        """What a value would do, shown or said; BadInput where it cannot be."""
        check_value(key, value)
        if key == "theme":
            names = self._known(key)
            if value not in names:
                raise BadInput(
                    _("there is no theme {name!r}", name=value[:40]),
                    _("there is: {names}", names=", ".join(names)),
                )
            self.app.theme = value
            return _("It looks like this")
        if key == "language":
            with speaking(value):
                return _("All is said in {language} from now on", language=LANGUAGES[value])
        if key == "member":
            return _("You are {name} when you start Cadence", name=self.calendar.member(value).name)
        return _("{calendar} is opened when you start Cadence", calendar=value)

    def _known(self, key: str) -> Sequence[str]:
        if key == "theme":
            return sorted(self.app.available_themes)
        if key == "language":
            return list(LANGUAGES)
        return [member.name for member in self.calendar.members.values()] if key == "member" else []

    async def keep(self, key: str, value: str | None, *, undoes: bool = False) -> None:
        """Write a setting (None: the usual again) and let it hold at once."""
        before = self._config.get(key)
        try:
            where = self.write_setting(key, value)
        except CadenceError as error:
            self.cadence.say(str(error), "warn")
            return
        if not undoes:
            self._before.append((key, before))
        await self._apply(key, value)
        self._show()
        self.show_frame()
        row = next(row for row in self.list.rows if row.key == key)
        words = _(
            "{setting}: {value}, kept in {file}", setting=row.label, value=row.value, file=_short(where)
        )
        self.cadence.say(words if undoes else _("{what} · u undoes", what=words), "good")

    async def _apply(self, key: str, value: str | None) -> None:
        app = self.cadence
        if key == "theme":
            app.theme = value or app.usual_theme
            self._look_around()
        elif key == "language":
            from cadence.user.settings import chosen_language

            await speak(app, value or chosen_language())

    def _turn(self, by: int) -> None:
        setting = self.list.current
        if setting is None or not setting.can_turn:
            self.cadence.say(_("Themes and languages are turned through; enter changes the others"), "dim")
            return
        self.run_worker(self._keep_beside(setting.key, by), group="setting")

    async def _keep_beside(self, key: str, by: int) -> None:
        """From what holds when it is its turn: of two quick keys both count."""
        await self.keep(key, self._beside(key, by))

    def _beside(self, key: str, by: int) -> str:
        """What one turns to from what a setting is now."""
        known = self._known(key)
        now = self.app.theme if key == "theme" else speech().code
        return known[(known.index(now) + by) % len(known)]

    def _look_around(self) -> None:
        """The themes on both sides are read before anybody turns to them."""
        for by in (1, -1):
            self.prepare(self.cadence.read_theme_ahead, self._beside("theme", by))

    def action_settings_next(self) -> None:
        self._turn(1)

    def action_settings_previous(self) -> None:
        self._turn(-1)

    async def action_settings_undo(self) -> None:
        if not self._before:
            self.cadence.say(
                _("No setting was changed here; what the calendar keeps is undone on its screens"), "dim"
            )
            return
        key, value = self._before.pop()
        await self.keep(key, value, undoes=True)

    async def _be_somebody(self) -> None:
        """Somebody else looks, until they leave."""

        def read(answers: Answers) -> tuple[int, str]:
            if not answers["who"]:
                raise BadInput(_("who are you?"), _("a member's name"))
            member = self.calendar.member(answers["who"])
            return member.id, _("You are {name} until you leave", name=member.name)

        field = Field("who", _("You are"), "", _("a member's name"), self._known("member"))
        who = await self.ask(Question(_("Somebody else"), [field], read, _("it is you")))
        if who is not None:
            self.cadence.viewer_id = who
            self.cadence.say(_("Hello {name}", name=self.calendar.members[who].name), "good")
            self._show()
            self.show_frame()

    def action_settings_copy(self) -> None:
        setting = self.list.current
        if setting is not None:
            self.app.copy_to_clipboard(self._whole(setting))
            self.cadence.say(_("Copied {text}", text=setting.value))

    def _whole(self, setting: Setting) -> str:
        """Paths without the short sign for the home folder."""
        home = str(Path.home())
        return home + setting.value[1:] if setting.value.startswith("~") else setting.value

    # Movements

    def set_filter(self, text: str) -> None:
        super().set_filter(text)
        if text:
            self.cadence.say(_("The filter holds on the other screens"), "dim")

    def look_into(self) -> None:
        self.action_settings_edit()


def _short(path: Path | str) -> str:
    """With a sign for the home folder."""
    text, home = str(path), str(Path.home())
    return f"~{text[len(home) :]}" if text.startswith(f"{home}{os.sep}") else text
