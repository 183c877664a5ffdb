<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>AboutCard</name>
        <message>
            <source>About</source>
            <translation>Über</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>Server</translation>
        </message>
        <message>
            <source>This window</source>
            <translation>Dieses Fenster</translation>
        </message>
        <message>
            <source>Server name</source>
            <translation>Name des Servers</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Self-check</source>
            <translation>Selbstprüfung</translation>
        </message>
        <message>
            <source>Every message and index is being checked…</source>
            <translation>Jede Nachricht und jedes Verzeichnis wird geprüft …</translation>
        </message>
        <message>
            <source>Checks every message and index against each other.</source>
            <translation>Vergleicht jede Nachricht mit jedem Verzeichnis.</translation>
        </message>
        <message numerus="yes">
            <source>All %n record(s) are in order.</source>
            <translation>
                <numerusform>%n Eintrag ist in Ordnung.</numerusform>
                <numerusform>Alle %n Einträge sind in Ordnung.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n problem(s) found. The server’s log names them.</source>
            <translation>
                <numerusform>%n Fehler gefunden. Er steht im Protokoll des Servers.</numerusform>
                <numerusform>%n Fehler gefunden. Sie stehen im Protokoll des Servers.</numerusform>
            </translation>
        </message>
        <message>
            <source>Check now</source>
            <translation>Jetzt prüfen</translation>
        </message>
    </context>
    <context>
        <name>AddDeviceDialog</name>
        <message>
            <source>Thunderbird</source>
            <translation>Thunderbird</translation>
        </message>
        <message>
            <source>Linux, Windows, Mac</source>
            <translation>Linux, Windows, Mac</translation>
        </message>
        <message>
            <source>Android</source>
            <translation>Android</translation>
        </message>
        <message>
            <source>Thunderbird, K-9</source>
            <translation>Thunderbird, K-9</translation>
        </message>
        <message>
            <source>iPhone or iPad</source>
            <translation>iPhone oder iPad</translation>
        </message>
        <message>
            <source>the Mail that is built in</source>
            <translation>das eingebaute Mail</translation>
        </message>
        <message>
            <source>Mac</source>
            <translation>Mac</translation>
        </message>
        <message>
            <source>Outlook</source>
            <translation>Outlook</translation>
        </message>
        <message>
            <source>Windows, Mac, phone</source>
            <translation>Windows, Mac, Telefon</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>Etwas anderes</translation>
        </message>
        <message>
            <source>scanner, printer, server</source>
            <translation>Scanner, Drucker, Server</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1 (%2)</translation>
        </message>
        <message>
            <source>Add a device for %1</source>
            <translation>Gerät für %1 hinzufügen</translation>
        </message>
        <message>
            <source>Whose device</source>
            <translation>Wessen Gerät</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>One key or password for each device; you can revoke each on its own.</source>
            <translation>Jedes Gerät hat seinen eigenen Schlüssel oder sein eigenes Passwort; jedes lässt sich einzeln sperren.</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
    </context>
    <context>
        <name>AddPersonDialog</name>
        <message>
            <source>%1 has a mailbox</source>
            <translation>%1 hat ein Postfach</translation>
        </message>
        <message>
            <source>Add a person</source>
            <translation>Person hinzufügen</translation>
        </message>
        <message>
            <source>Sign in with %1 and this password. It is shown only now.</source>
            <translation>Melden Sie sich mit %1 und diesem Passwort an. Es wird nur jetzt gezeigt.</translation>
        </message>
        <message>
            <source>They get a mailbox and a password to sign in with.</source>
            <translation>Die Person bekommt ein Postfach und ein Passwort zum Anmelden.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Anna Example</source>
            <translation>Anna Beispiel</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>The server takes mail for no domain yet.</source>
            <translation>Der Server nimmt noch für keine Domain Post an.</translation>
        </message>
        <message>
            <source>Address, the part before @%1</source>
            <translation>Adresse, der Teil vor @%1</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Adding…</source>
            <translation>Wird hinzugefügt …</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
    </context>
    <context>
        <name>AliasDetails</name>
        <message>
            <source>Who may write</source>
            <translation>Wer schreiben darf</translation>
        </message>
        <message>
            <source>Anyone</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Its people only</source>
            <translation>Nur ihre Mitglieder</translation>
        </message>
        <message>
            <source>Those named</source>
            <translation>Genannte</translation>
        </message>
        <message>
            <source>Named</source>
            <translation>Genannt</translation>
        </message>
        <message>
            <source>Know each other</source>
            <translation>Kennen einander</translation>
        </message>
        <message>
            <source>Yes</source>
            <translation>Ja</translation>
        </message>
        <message>
            <source>No</source>
            <translation>Nein</translation>
        </message>
        <message>
            <source>May write as it</source>
            <translation>Dürfen so absenden</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Leads to %1</source>
            <translation>Führt zu %1</translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>und %n weitere</numerusform>
                <numerusform>und %n weitere</numerusform>
            </translation>
        </message>
        <message>
            <source>Test this address</source>
            <translation>Diese Adresse testen</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Ändern</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
    </context>
    <context>
        <name>AliasDialog</name>
        <message>
            <source>Change %1</source>
            <translation>%1 ändern</translation>
        </message>
        <message>
            <source>Add an alias</source>
            <translation>Alias hinzufügen</translation>
        </message>
        <message>
            <source>Mail to it reaches everyone who is ticked.</source>
            <translation>Post an ihn erreicht alle, die angehakt sind.</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>info</source>
            <translation>info</translation>
        </message>
        <message>
            <source>Address, the part before @%1</source>
            <translation>Adresse, der Teil vor @%1</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personen</translation>
        </message>
        <message>
            <source>Who may write to it</source>
            <translation>Wer an ihn schreiben darf</translation>
        </message>
        <message>
            <source>Anyone</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Its people only</source>
            <translation>Nur ihre Mitglieder</translation>
        </message>
        <message>
            <source>Those named here</source>
            <translation>Hier genannte</translation>
        </message>
        <message>
            <source>Addresses, with commas between them</source>
            <translation>Adressen, durch Kommas getrennt</translation>
        </message>
        <message>
            <source>Its people may see who the others are</source>
            <translation>Mitglieder sehen, wer die anderen sind</translation>
        </message>
        <message>
            <source>Its people may write with this address</source>
            <translation>Mitglieder dürfen mit dieser Adresse schreiben</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
    </context>
    <context>
        <name>AliasTable</name>
        <message>
            <source>Aliases</source>
            <translation>Aliase</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>Leads to</source>
            <translation>Führt zu</translation>
        </message>
        <message>
            <source>%1 leads to %2</source>
            <translation>%1 führt zu %2</translation>
        </message>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>und %n weitere</numerusform>
                <numerusform>und %n weitere</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AliasTestDialog</name>
        <message>
            <source>Who gets mail to %1?</source>
            <translation>Wer bekommt Post an %1?</translation>
        </message>
        <message>
            <source>Nothing is sent. The server answers what it would do with such a message.</source>
            <translation>Es wird nichts gesendet. Der Server antwortet, was er mit einer solchen Nachricht täte.</translation>
        </message>
        <message>
            <source>A message from</source>
            <translation>Eine Nachricht von</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Testen</translation>
        </message>
        <message>
            <source>It would be taken</source>
            <translation>Sie würde angenommen</translation>
        </message>
        <message>
            <source>It would be turned away</source>
            <translation>Sie würde abgewiesen</translation>
        </message>
        <message>
            <source>gets it</source>
            <translation>bekommt sie</translation>
        </message>
        <message>
            <source>wrote it, so gets no copy</source>
            <translation>hat sie geschrieben, also keine Kopie</translation>
        </message>
        <message>
            <source>is disabled</source>
            <translation>ist gesperrt</translation>
        </message>
        <message>
            <source>mailbox is full</source>
            <translation>Postfach ist voll</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
    </context>
    <context>
        <name>AliasesPage</name>
        <message>
            <source>%1 is removed.</source>
            <translation>%1 ist entfernt.</translation>
        </message>
        <message>
            <source>Aliases</source>
            <translation>Aliase</translation>
        </message>
        <message>
            <source>An alias is an address that several people read, or another address of one.</source>
            <translation>Ein Alias ist eine Adresse, die mehrere lesen, oder eine weitere Adresse einer Person.</translation>
        </message>
        <message>
            <source>Filter aliases</source>
            <translation>Aliase filtern</translation>
        </message>
        <message>
            <source>Add an alias</source>
            <translation>Alias hinzufügen</translation>
        </message>
        <message>
            <source>One address, several people</source>
            <translation>Eine Adresse, mehrere Personen</translation>
        </message>
        <message>
            <source>info@, school@ or mum@: everyone in it gets the mail.</source>
            <translation>info@, schule@ oder mama@: Post an einen Alias erreicht alle, die dazugehören.</translation>
        </message>
        <message>
            <source>Nothing matches “%1”</source>
            <translation>Nichts passt zu „%1“</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Alle zeigen</translation>
        </message>
        <message>
            <source>%1 is saved.</source>
            <translation>%1 ist gespeichert.</translation>
        </message>
    </context>
    <context>
        <name>App</name>
        <message>
            <source>Overview</source>
            <translation>Überblick</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personen</translation>
        </message>
        <message>
            <source>Aliases</source>
            <translation>Aliase</translation>
        </message>
        <message>
            <source>Devices &amp; keys</source>
            <translation>Geräte &amp; Schlüssel</translation>
        </message>
        <message>
            <source>Mail flow</source>
            <translation>Postfluss</translation>
        </message>
        <message>
            <source>Trace a message</source>
            <translation>Nachricht verfolgen</translation>
        </message>
        <message>
            <source>Security</source>
            <translation>Sicherheit</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Page</source>
            <translation>Seite</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>Aktion</translation>
        </message>
        <message>
            <source>Add a person</source>
            <translation>Person hinzufügen</translation>
        </message>
        <message>
            <source>Add an alias</source>
            <translation>Alias hinzufügen</translation>
        </message>
        <message>
            <source>Add a device</source>
            <translation>Gerät hinzufügen</translation>
        </message>
        <message>
            <source>Hold all mail</source>
            <translation>Alle Post anhalten</translation>
        </message>
        <message>
            <source>Alias</source>
            <translation>Alias</translation>
        </message>
    </context>
    <context>
        <name>ChangesCard</name>
        <message>
            <source>Latest changes</source>
            <translation>Letzte Änderungen</translation>
        </message>
        <message>
            <source>The change is taken back.</source>
            <translation>Die Änderung ist zurückgenommen.</translation>
        </message>
        <message>
            <source>Nothing was changed yet.</source>
            <translation>Es wurde noch nichts geändert.</translation>
        </message>
        <message>
            <source>%1 · %2 · %3</source>
            <translation>%1 · %2 · %3</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Undo %1</source>
            <translation>%1 rückgängig machen</translation>
        </message>
    </context>
    <context>
        <name>ConfirmSheet</name>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
    </context>
    <context>
        <name>CopyField</name>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>Copy %1</source>
            <translation>%1 kopieren</translation>
        </message>
    </context>
    <context>
        <name>DeviceDetails</name>
        <message>
            <source>Active, used %1</source>
            <translation>Aktiv, zuletzt %1</translation>
        </message>
        <message>
            <source>Never used</source>
            <translation>Nie benutzt</translation>
        </message>
        <message>
            <source>Idle since %1</source>
            <translation>Unbenutzt seit %1</translation>
        </message>
        <message>
            <source>Unnamed</source>
            <translation>Ohne Namen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Belongs to</source>
            <translation>Gehört</translation>
        </message>
        <message>
            <source>Signs in by</source>
            <translation>Meldet sich an mit</translation>
        </message>
        <message>
            <source>Key (%1)</source>
            <translation>Schlüssel (%1)</translation>
        </message>
        <message>
            <source>App password</source>
            <translation>App-Passwort</translation>
        </message>
        <message>
            <source>As</source>
            <translation>Als</translation>
        </message>
        <message>
            <source>Mail app</source>
            <translation>Mailprogramm</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>Angelegt</translation>
        </message>
        <message>
            <source>Last from</source>
            <translation>Zuletzt von</translation>
        </message>
        <message>
            <source>Fingerprint</source>
            <translation>Fingerabdruck</translation>
        </message>
        <message>
            <source>This device signs in twice</source>
            <translation>Dieses Gerät meldet sich zweimal an</translation>
        </message>
        <message>
            <source>It gets on better when the server does not greet it as signed in already.</source>
            <translation>Es kommt besser zurecht, wenn der Server es nicht schon als angemeldet begrüßt.</translation>
        </message>
        <message>
            <source>Help it</source>
            <translation>Helfen</translation>
        </message>
        <message>
            <source>Latest sign-ins</source>
            <translation>Letzte Anmeldungen</translation>
        </message>
        <message>
            <source>reads mail</source>
            <translation>liest Post</translation>
        </message>
        <message>
            <source>sends mail</source>
            <translation>sendet Post</translation>
        </message>
        <message>
            <source>Lost or sold? Revoking ends its sessions at once. Mail stays.</source>
            <translation>Verloren oder verkauft? Sperren beendet seine Verbindungen sofort. Die Post bleibt.</translation>
        </message>
        <message>
            <source>Revoke…</source>
            <translation>Sperren …</translation>
        </message>
    </context>
    <context>
        <name>DeviceKinds</name>
        <message>
            <source>What will read the mail?</source>
            <translation>Womit wird die Post gelesen?</translation>
        </message>
    </context>
    <context>
        <name>DeviceStep</name>
        <message>
            <source>What will read the mail?</source>
            <translation>Womit wird die Post gelesen?</translation>
        </message>
        <message>
            <source>Sign in with a mail app</source>
            <translation>Mit einem Mailprogramm anmelden</translation>
        </message>
        <message>
            <source>Or go on: %1’s own password works in every mail app.</source>
            <translation>Oder weiter: Das eigene Passwort von %1 geht in jedem Mailprogramm.</translation>
        </message>
        <message>
            <source>Every mail app works with these.</source>
            <translation>Damit geht jedes Mailprogramm.</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>The device may sign in</source>
            <translation>Das Gerät darf sich anmelden</translation>
        </message>
        <message>
            <source>%1’s own password, shown this once</source>
            <translation>Eigenes Passwort von %1, nur dieses eine Mal gezeigt</translation>
        </message>
        <message>
            <source>User</source>
            <translation>Benutzer</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Lesen</translation>
        </message>
        <message>
            <source>%1, port %2, TLS</source>
            <translation>%1, Port %2, TLS</translation>
        </message>
        <message>
            <source>Sending</source>
            <translation>Senden</translation>
        </message>
    </context>
    <context>
        <name>DeviceTable</name>
        <message>
            <source>Devices and keys</source>
            <translation>Geräte und Schlüssel</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>Whose, with what</source>
            <translation>Wessen, womit</translation>
        </message>
        <message>
            <source>Signs in by</source>
            <translation>Meldet sich an mit</translation>
        </message>
        <message>
            <source>Last used</source>
            <translation>Zuletzt benutzt</translation>
        </message>
        <message>
            <source>Unnamed</source>
            <translation>Ohne Namen</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Schlüssel</translation>
        </message>
        <message>
            <source>App password</source>
            <translation>App-Passwort</translation>
        </message>
        <message>
            <source>Revoke…</source>
            <translation>Sperren …</translation>
        </message>
        <message>
            <source>Revoke %1</source>
            <translation>%1 sperren</translation>
        </message>
    </context>
    <context>
        <name>DeviceWay</name>
        <message>
            <source>Connected</source>
            <translation>Verbunden</translation>
        </message>
        <message>
            <source>Save the key and open it in %1</source>
            <translation>Schlüssel speichern und in %1 öffnen</translation>
        </message>
        <message>
            <source>A password for this device alone</source>
            <translation>Ein Passwort nur für dieses Gerät</translation>
        </message>
        <message>
            <source>The file holds %1’s key for this one device. Nobody can open it without the passphrase.</source>
            <translation>Die Datei enthält den Schlüssel von %1 für dieses eine Gerät. Ohne die Passphrase kann sie niemand öffnen.</translation>
        </message>
        <message>
            <source>The mail app signs in with it instead of %1’s own password.</source>
            <translation>Das Mailprogramm meldet sich damit an statt mit dem eigenen Passwort von %1.</translation>
        </message>
        <message>
            <source>Save the key file</source>
            <translation>Schlüsseldatei speichern</translation>
        </message>
        <message>
            <source>Make an app password</source>
            <translation>App-Passwort erzeugen</translation>
        </message>
        <message>
            <source>In Thunderbird: Settings › Privacy &amp; Security › Manage Certificates › Import</source>
            <translation>In Thunderbird: Einstellungen › Datenschutz &amp; Sicherheit › Zertifikate verwalten › Importieren</translation>
        </message>
        <message>
            <source>Copy the file to the phone and open it there. The mail app then offers it as client certificate.</source>
            <translation>Kopieren Sie die Datei auf das Telefon und öffnen Sie sie dort. Das Mailprogramm bietet sie dann als Client-Zertifikat an.</translation>
        </message>
        <message>
            <source>Open the file on the Mac; Keychain Access asks for the passphrase.</source>
            <translation>Öffnen Sie die Datei auf dem Mac; die Schlüsselbundverwaltung fragt nach der Passphrase.</translation>
        </message>
        <message>
            <source>Code with the account, for Thunderbird on Android</source>
            <translation>Code mit dem Konto, für Thunderbird auf Android</translation>
        </message>
        <message>
            <source>Code with the account, for Delta Chat</source>
            <translation>Code mit dem Konto, für Delta Chat</translation>
        </message>
        <message>
            <source>Thunderbird on Android scans this when it adds an account. Or type:</source>
            <translation>Thunderbird auf Android liest ihn, wenn es ein Konto hinzufügt. Oder tippen Sie:</translation>
        </message>
        <message>
            <source>Delta Chat scans this when it adds an account. For anything else, type:</source>
            <translation>Delta Chat liest ihn, wenn es ein Konto hinzufügt. Für alles andere tippen Sie:</translation>
        </message>
        <message>
            <source>User</source>
            <translation>Benutzer</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Lesen</translation>
        </message>
        <message>
            <source>%1, port %2, TLS</source>
            <translation>%1, Port %2, TLS</translation>
        </message>
        <message>
            <source>Sending</source>
            <translation>Senden</translation>
        </message>
        <message>
            <source>Waiting for %1…</source>
            <translation>Warten auf %1 …</translation>
        </message>
        <message>
            <source>From %1 %2</source>
            <translation>Von %1 %2</translation>
        </message>
        <message>
            <source>This turns green when it signs in. You may close the window.</source>
            <translation>Das wird grün, wenn es sich anmeldet. Sie können das Fenster schließen.</translation>
        </message>
        <message>
            <source>Use an app password instead</source>
            <translation>Stattdessen ein App-Passwort</translation>
        </message>
        <message>
            <source>Use a key instead</source>
            <translation>Stattdessen ein Schlüssel</translation>
        </message>
        <message>
            <source>Scan two codes with the phone</source>
            <translation>Zwei Codes mit dem Telefon scannen</translation>
        </message>
        <message>
            <source>Show the codes</source>
            <translation>Codes zeigen</translation>
        </message>
        <message>
            <source>Or as a profile</source>
            <translation>Oder als Profil</translation>
        </message>
        <message>
            <source>Saved to %1. Open it on the device and install it, then delete the file: the password is in it.</source>
            <translation>Gespeichert in %1. Öffnen und installieren Sie es auf dem Gerät und löschen Sie dann die Datei: Das Passwort steht darin.</translation>
        </message>
        <message>
            <source>A file that adds the account by itself: nothing to type on the device.</source>
            <translation>Eine Datei, die das Konto von selbst anlegt: Auf dem Gerät ist nichts zu tippen.</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Noch einmal speichern</translation>
        </message>
        <message>
            <source>Save the profile</source>
            <translation>Profil speichern</translation>
        </message>
    </context>
    <context>
        <name>DevicesPage</name>
        <message>
            <source>You can undo it for 30 seconds.</source>
            <translation>Sie können es 30 Sekunden lang rückgängig machen.</translation>
        </message>
        <message>
            <source>An app password cannot be brought back; a new one can be made.</source>
            <translation>Ein App-Passwort lässt sich nicht zurückholen, aber neu erzeugen.</translation>
        </message>
        <message>
            <source>Revoke %1?</source>
            <translation>%1 sperren?</translation>
        </message>
        <message>
            <source>Its sessions end at once. Mail stays.</source>
            <translation>Seine Verbindungen enden sofort. Die Post bleibt.</translation>
        </message>
        <message>
            <source>Revoke</source>
            <translation>Sperren</translation>
        </message>
        <message>
            <source>Devices &amp; keys</source>
            <translation>Geräte &amp; Schlüssel</translation>
        </message>
        <message>
            <source>Each device has its own key or app password. Revoke one, the others go on.</source>
            <translation>Jedes Gerät hat seinen Schlüssel oder sein App-Passwort. Sperren Sie eines, die anderen laufen weiter.</translation>
        </message>
        <message>
            <source>Filter devices</source>
            <translation>Geräte filtern</translation>
        </message>
        <message>
            <source>Add a device</source>
            <translation>Gerät hinzufügen</translation>
        </message>
        <message>
            <source>Which devices</source>
            <translation>Welche Geräte</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Active</source>
            <translation>Aktiv</translation>
        </message>
        <message>
            <source>Never used</source>
            <translation>Nie benutzt</translation>
        </message>
        <message>
            <source>Idle over 90 days</source>
            <translation>Über 90 Tage unbenutzt</translation>
        </message>
        <message>
            <source>No device yet</source>
            <translation>Noch kein Gerät</translation>
        </message>
        <message>
            <source>A key or an app password for each device: when one is lost, only that one is revoked.</source>
            <translation>Ein Schlüssel oder App-Passwort für jedes Gerät: Geht eines verloren, wird nur dieses gesperrt.</translation>
        </message>
        <message>
            <source>No device like this</source>
            <translation>Kein solches Gerät</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Alle zeigen</translation>
        </message>
    </context>
    <context>
        <name>DnsRow</name>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Copy the name %1</source>
            <translation>Den Namen %1 kopieren</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <source>Copy the value for %1</source>
            <translation>Den Wert für %1 kopieren</translation>
        </message>
        <message>
            <source>where the server is</source>
            <translation>wo der Server steht</translation>
        </message>
        <message>
            <source>mail for the domain comes here</source>
            <translation>hierher geht die Post der Domain</translation>
        </message>
        <message>
            <source>SPF: only this server sends for the domain</source>
            <translation>SPF: nur dieser Server sendet für die Domain</translation>
        </message>
        <message>
            <source>SPF for reports sent by the server itself</source>
            <translation>SPF für Berichte, die der Server selbst sendet</translation>
        </message>
        <message>
            <source>DKIM: others verify our signatures</source>
            <translation>DKIM: damit prüfen andere unsere Signaturen</translation>
        </message>
        <message>
            <source>DKIM: signs after the next rotation</source>
            <translation>DKIM: signiert nach dem nächsten Wechsel</translation>
        </message>
        <message>
            <source>DKIM: signed mail that may still be under way</source>
            <translation>DKIM: signierte Post, die noch unterwegs sein kann</translation>
        </message>
        <message>
            <source>DMARC: others refuse forged mail and report it</source>
            <translation>DMARC: andere weisen gefälschte Post ab und melden sie</translation>
        </message>
        <message>
            <source>others report when TLS fails, RFC 8460</source>
            <translation>andere melden, wenn TLS scheitert, RFC 8460</translation>
        </message>
        <message>
            <source>mail programs find the server, RFC 6186</source>
            <translation>Mailprogramme finden den Server, RFC 6186</translation>
        </message>
        <message>
            <source>mail programs find the server, RFC 8314</source>
            <translation>Mailprogramme finden den Server, RFC 8314</translation>
        </message>
    </context>
    <context>
        <name>DnsStep</name>
        <message>
            <source>Add these records for %1</source>
            <translation>Tragen Sie das für %1 ein</translation>
        </message>
        <message>
            <source>In a playground nobody looks them up; a real server needs them.</source>
            <translation>Auf dem Spielplatz fragt sie niemand ab; ein echter Server braucht sie.</translation>
        </message>
        <message>
            <source>At the company that runs your DNS. Come back to them any time.</source>
            <translation>Bei der Firma, die Ihr DNS betreibt. Sie können jederzeit darauf zurückkommen.</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Continue, I do it later</source>
            <translation>Weiter, ich mache es später</translation>
        </message>
        <message>
            <source>Copy as zone file</source>
            <translation>Als Zonendatei kopieren</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
    </context>
    <context>
        <name>DomainStep</name>
        <message>
            <source>Which domain is it?</source>
            <translation>Welche Domain ist es?</translation>
        </message>
        <message>
            <source>Domain</source>
            <translation>Domain</translation>
        </message>
        <message>
            <source>The server will be called mail.%1.</source>
            <translation>Der Server wird mail.%1 heißen.</translation>
        </message>
        <message>
            <source>Such as example.net</source>
            <translation>Etwa example.net</translation>
        </message>
    </context>
    <context>
        <name>EditPersonDialog</name>
        <message>
            <source>Name and storage</source>
            <translation>Name und Speicher</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Storage in GB</source>
            <translation>Speicher in GB</translation>
        </message>
        <message>
            <source>Empty: no limit. %1 used now.</source>
            <translation>Leer: keine Grenze. Jetzt belegt: %1.</translation>
        </message>
        <message>
            <source>A number, such as 5 or 2.5.</source>
            <translation>Eine Zahl, etwa 5 oder 2,5.</translation>
        </message>
        <message>
            <source>No limit</source>
            <translation>Keine Grenze</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
    </context>
    <context>
        <name>EnrolCodes</name>
        <message>
            <source>Code 2 of 2: the account</source>
            <translation>Code 2 von 2: das Konto</translation>
        </message>
        <message>
            <source>Code 1 of 2: the key</source>
            <translation>Code 1 von 2: der Schlüssel</translation>
        </message>
        <message>
            <source>Code with the account, for Thunderbird on Android</source>
            <translation>Code mit dem Konto, für Thunderbird auf Android</translation>
        </message>
        <message>
            <source>Code with the link to the key file</source>
            <translation>Code mit dem Verweis auf die Schlüsseldatei</translation>
        </message>
        <message>
            <source>In Thunderbird on the phone, add an account by scanning.</source>
            <translation>Fügen Sie in Thunderbird auf dem Telefon ein Konto durch Scannen hinzu.</translation>
        </message>
        <message>
            <source>Open the camera of the phone and point it at the code.</source>
            <translation>Öffnen Sie die Kamera des Telefons und richten Sie sie auf den Code.</translation>
        </message>
        <message>
            <source>Choose the key when it asks for a certificate.</source>
            <translation>Wählen Sie den Schlüssel, wenn es nach einem Zertifikat fragt.</translation>
        </message>
        <message>
            <source>Tap the link. When the phone asks for a passphrase, type the one below.</source>
            <translation>Tippen Sie auf den Verweis. Fragt das Telefon nach einer Passphrase, geben Sie die untenstehende ein.</translation>
        </message>
        <message>
            <source>The code ran out.</source>
            <translation>Der Code ist abgelaufen.</translation>
        </message>
        <message>
            <source>The code works once and runs out in %1.</source>
            <translation>Der Code geht einmal und läuft in %1 ab.</translation>
        </message>
        <message>
            <source>New code</source>
            <translation>Neuer Code</translation>
        </message>
        <message>
            <source>Back to the key</source>
            <translation>Zurück zum Schlüssel</translation>
        </message>
        <message>
            <source>Next code: the account</source>
            <translation>Nächster Code: das Konto</translation>
        </message>
        <message>
            <source>Link</source>
            <translation>Verweis</translation>
        </message>
    </context>
    <context>
        <name>FilterChips</name>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
    </context>
    <context>
        <name>FlowCard</name>
        <message>
            <source>received</source>
            <translation>empfangen</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>gesendet</translation>
        </message>
        <message>
            <source>junk</source>
            <translation>Spam</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>gescheitert</translation>
        </message>
        <message>
            <source>%1 received, %2 sent, %3 junk, %4 failed in the last 24 hours</source>
            <translation>%1 empfangen, %2 gesendet, %3 Spam, %4 gescheitert in den letzten 24 Stunden</translation>
        </message>
        <message>
            <source>%1: %2 received, %3 sent, %4 junk, %5 failed</source>
            <translation>%1: %2 empfangen, %3 gesendet, %4 Spam, %5 gescheitert</translation>
        </message>
        <message>
            <source>Mail, last 24 hours</source>
            <translation>Post der letzten 24 Stunden</translation>
        </message>
        <message>
            <source>Show as bars</source>
            <translation>Als Balken zeigen</translation>
        </message>
        <message>
            <source>Show as table</source>
            <translation>Als Tabelle zeigen</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>Nothing has arrived yet</source>
            <translation>Noch ist nichts angekommen</translation>
        </message>
    </context>
    <context>
        <name>FormRows</name>
        <message>
            <source>Discard</source>
            <translation>Verwerfen</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
    </context>
    <context>
        <name>HoldAllButton</name>
        <message>
            <source>15 minutes</source>
            <translation>15 Minuten</translation>
        </message>
        <message>
            <source>1 hour</source>
            <translation>1 Stunde</translation>
        </message>
        <message>
            <source>Until I say</source>
            <translation>Bis auf Weiteres</translation>
        </message>
        <message>
            <source>Hold all mail</source>
            <translation>Alle Post anhalten</translation>
        </message>
        <message>
            <source>Held until %1 · Release</source>
            <translation>Angehalten bis %1 · Freigeben</translation>
        </message>
        <message>
            <source>All mail is held · Release</source>
            <translation>Alle Post ist angehalten · Freigeben</translation>
        </message>
        <message>
            <source>All outgoing mail is held.</source>
            <translation>Alle ausgehende Post ist angehalten.</translation>
        </message>
        <message>
            <source>Mail flows again.</source>
            <translation>Die Post fließt wieder.</translation>
        </message>
        <message>
            <source>People can go on writing. Nothing leaves until you release it or the time is up.</source>
            <translation>Alle können weiter schreiben. Nichts geht hinaus, bis Sie es freigeben oder die Zeit um ist.</translation>
        </message>
        <message>
            <source>until %1</source>
            <translation>bis %1</translation>
        </message>
    </context>
    <context>
        <name>KeyFile</name>
        <message>
            <source>Saved to %1</source>
            <translation>Gespeichert in %1</translation>
        </message>
        <message>
            <source>Not saved yet</source>
            <translation>Noch nicht gespeichert</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Noch einmal speichern</translation>
        </message>
        <message>
            <source>Passphrase for the file, shown this once</source>
            <translation>Passphrase für die Datei, nur dieses eine Mal gezeigt</translation>
        </message>
        <message>
            <source>The file uses an older encryption that this device can read. Delete it once it is imported.</source>
            <translation>Die Datei nutzt eine ältere Verschlüsselung, die dieses Gerät lesen kann. Löschen Sie sie nach dem Importieren.</translation>
        </message>
    </context>
    <context>
        <name>MailFlowPage</name>
        <message>
            <source>Waiting</source>
            <translation>Wartet</translation>
        </message>
        <message>
            <source>Held</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>Rules</source>
            <translation>Regeln</translation>
        </message>
        <message>
            <source>Sent &amp; failed</source>
            <translation>Gesendet &amp; gescheitert</translation>
        </message>
        <message>
            <source>Suppressed</source>
            <translation>Unterdrückt</translation>
        </message>
        <message>
            <source>Mail flow</source>
            <translation>Postfluss</translation>
        </message>
        <message>
            <source>Nothing waits.</source>
            <translation>Nichts wartet.</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <translation>%1 %2</translation>
        </message>
        <message numerus="yes">
            <source>%Ln message(s) wait(s).</source>
            <translation>
                <numerusform>%Ln Nachricht wartet.</numerusform>
                <numerusform>%Ln Nachrichten warten.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n need(s) you.</source>
            <translation>
                <numerusform>%n braucht Sie.</numerusform>
                <numerusform>%n brauchen Sie.</numerusform>
            </translation>
        </message>
        <message>
            <source>Filter mail</source>
            <translation>Post filtern</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Postroom</source>
            <translation>Postroom</translation>
        </message>
        <message>
            <source>Postroom, %1</source>
            <translation>Postroom, %1</translation>
        </message>
    </context>
    <context>
        <name>MessageDetails</name>
        <message>
            <source>received</source>
            <translation>empfangen</translation>
        </message>
        <message>
            <source>no answer</source>
            <translation>keine Antwort</translation>
        </message>
        <message>
            <source>on hold</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <source>until released</source>
            <translation>bis zur Freigabe</translation>
        </message>
        <message>
            <source>next try</source>
            <translation>nächster Versuch</translation>
        </message>
        <message>
            <source>we tell the sender</source>
            <translation>Absender erfährt es</translation>
        </message>
        <message>
            <source>What was said</source>
            <translation>Was gesagt wurde</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>Try now</source>
            <translation>Jetzt versuchen</translation>
        </message>
        <message>
            <source>Release</source>
            <translation>Freigeben</translation>
        </message>
        <message>
            <source>Hold</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Tell the sender now…</source>
            <translation>Absender jetzt verständigen …</translation>
        </message>
        <message>
            <source>Full trace</source>
            <translation>Ganze Spur</translation>
        </message>
        <message>
            <source>Drop…</source>
            <translation>Verwerfen …</translation>
        </message>
    </context>
    <context>
        <name>NavRail</name>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>Postroom</source>
            <translation>Postroom</translation>
        </message>
        <message>
            <source>Mail server</source>
            <translation>Mailserver</translation>
        </message>
        <message>
            <source>Playground on this computer</source>
            <translation>Spielplatz auf diesem Rechner</translation>
        </message>
        <message>
            <source>Your mail server</source>
            <translation>Ihr Mailserver</translation>
        </message>
        <message>
            <source>Find anything</source>
            <translation>Alles finden</translation>
        </message>
        <message>
            <source>Ctrl K</source>
            <translation>Strg K</translation>
        </message>
        <message>
            <source>Not connected</source>
            <translation>Nicht verbunden</translation>
        </message>
        <message>
            <source>Connecting…</source>
            <translation>Verbindet …</translation>
        </message>
        <message>
            <source>Version %1</source>
            <translation>Version %1</translation>
        </message>
    </context>
    <context>
        <name>NeedsCard</name>
        <message>
            <source>Give more room</source>
            <translation>Mehr Platz geben</translation>
        </message>
    </context>
    <context>
        <name>NotificationSettings</name>
        <message>
            <source>The server does not answer</source>
            <translation>Der Server antwortet nicht</translation>
        </message>
        <message>
            <source>Mail does not flow</source>
            <translation>Die Post fließt nicht</translation>
        </message>
        <message>
            <source>A mailbox is full</source>
            <translation>Ein Postfach ist voll</translation>
        </message>
        <message>
            <source>Mail is stuck for hours</source>
            <translation>Post hängt seit Stunden</translation>
        </message>
        <message>
            <source>Notifications</source>
            <translation>Benachrichtigungen</translation>
        </message>
        <message>
            <source>The monitor tells of these when they begin, at most four times a day each.</source>
            <translation>Davon meldet der Monitor den Beginn, jeweils höchstens viermal am Tag.</translation>
        </message>
        <message>
            <source>Quiet hours</source>
            <translation>Ruhezeit</translation>
        </message>
        <message>
            <source>What happens then is told at their end, if it still matters.</source>
            <translation>Was dann geschieht, wird an ihrem Ende gemeldet, wenn es noch zählt.</translation>
        </message>
        <message>
            <source>Quiet from</source>
            <translation>Ruhe ab</translation>
        </message>
        <message>
            <source>to</source>
            <translation>bis</translation>
        </message>
        <message>
            <source>Quiet until</source>
            <translation>Ruhe bis</translation>
        </message>
    </context>
    <context>
        <name>OverviewPage</name>
        <message>
            <source>Mail from other servers</source>
            <translation>Post von anderen Servern</translation>
        </message>
        <message>
            <source>Sending</source>
            <translation>Senden</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>Lesen</translation>
        </message>
        <message>
            <source>Web</source>
            <translation>Web</translation>
        </message>
        <message>
            <source>Metrics</source>
            <translation>Messwerte</translation>
        </message>
        <message>
            <source>Add a person</source>
            <translation>Person hinzufügen</translation>
        </message>
        <message>
            <source>Open doors</source>
            <translation>Offene Türen</translation>
        </message>
        <message>
            <source>Connected now</source>
            <translation>Jetzt verbunden</translation>
        </message>
        <message>
            <source>People reading</source>
            <translation>Lesende</translation>
        </message>
        <message>
            <source>People sending</source>
            <translation>Sendende</translation>
        </message>
        <message>
            <source>Mail servers</source>
            <translation>Mailserver</translation>
        </message>
        <message>
            <source>Web requests</source>
            <translation>Web-Anfragen</translation>
        </message>
        <message>
            <source>Control apps</source>
            <translation>Verwaltungsprogramme</translation>
        </message>
    </context>
    <context>
        <name>PageTabs</name>
        <message>
            <source>Parts of this page</source>
            <translation>Teile dieser Seite</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
    </context>
    <context>
        <name>Palette</name>
        <message>
            <source>Find anything</source>
            <translation>Alles finden</translation>
        </message>
        <message>
            <source>Pages, people, addresses, what to do</source>
            <translation>Seiten, Personen, Adressen, Aktionen</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Treffer</translation>
        </message>
        <message>
            <source>Nothing has this name.</source>
            <translation>Nichts heißt so.</translation>
        </message>
    </context>
    <context>
        <name>PasswordDialog</name>
        <message>
            <source>The password is changed</source>
            <translation>Das Passwort ist geändert</translation>
        </message>
        <message>
            <source>Set a password for %1</source>
            <translation>Passwort für %1 setzen</translation>
        </message>
        <message>
            <source>This is the password. It is shown only now.</source>
            <translation>Das ist das Passwort. Es wird nur jetzt gezeigt.</translation>
        </message>
        <message>
            <source>The password you typed is in use now.</source>
            <translation>Das eingegebene Passwort gilt jetzt.</translation>
        </message>
        <message>
            <source>Every device that signs in with the old password is signed out and asks for it again.</source>
            <translation>Jedes Gerät, das sich mit dem alten Passwort anmeldet, wird abgemeldet und fragt neu danach.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Passwort</translation>
        </message>
        <message>
            <source>Leave it empty and the server makes a good one.</source>
            <translation>Lassen Sie es leer, dann erzeugt der Server ein gutes.</translation>
        </message>
        <message>
            <source>Make one for me</source>
            <translation>Eines erzeugen</translation>
        </message>
        <message>
            <source>Show the password</source>
            <translation>Passwort zeigen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Make a password</source>
            <translation>Passwort erzeugen</translation>
        </message>
        <message>
            <source>Set password</source>
            <translation>Passwort setzen</translation>
        </message>
    </context>
    <context>
        <name>PeoplePage</name>
        <message>
            <source>%1 is removed. The mail is kept for a while.</source>
            <translation>%1 ist entfernt. Die Post wird eine Weile aufgehoben.</translation>
        </message>
        <message>
            <source>%1 is back.</source>
            <translation>%1 ist wieder da.</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personen</translation>
        </message>
        <message>
            <source>%1 · %2 used</source>
            <translation>%1 · %2 belegt</translation>
        </message>
        <message numerus="yes">
            <source>%n person(s)</source>
            <translation>
                <numerusform>%n Person</numerusform>
                <numerusform>%n Personen</numerusform>
            </translation>
        </message>
        <message>
            <source>Ctrl F</source>
            <translation>Strg F</translation>
        </message>
        <message>
            <source>Filter people</source>
            <translation>Personen filtern</translation>
        </message>
        <message>
            <source>Add a person</source>
            <translation>Person hinzufügen</translation>
        </message>
        <message>
            <source>Who lives here?</source>
            <translation>Wer wohnt hier?</translation>
        </message>
        <message>
            <source>Everyone who gets mail here has a mailbox of their own. A name is enough to begin.</source>
            <translation>Alle, die hier Post bekommen, haben ein eigenes Postfach. Ein Name genügt für den Anfang.</translation>
        </message>
        <message>
            <source>Nobody matches “%1”</source>
            <translation>Niemand passt zu „%1“</translation>
        </message>
        <message>
            <source>Names and addresses were looked at.</source>
            <translation>Namen und Adressen wurden durchsucht.</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Alle zeigen</translation>
        </message>
        <message>
            <source>%1 is saved.</source>
            <translation>%1 ist gespeichert.</translation>
        </message>
    </context>
    <context>
        <name>PersonCard</name>
        <message>
            <source>More for %1</source>
            <translation>Mehr für %1</translation>
        </message>
        <message>
            <source>postmaster</source>
            <translation>Postmaster</translation>
        </message>
        <message>
            <source>Mailbox</source>
            <translation>Postfach</translation>
        </message>
        <message>
            <source>Mailbox of %1</source>
            <translation>Postfach von %1</translation>
        </message>
        <message>
            <source>Full: new mail is turned away</source>
            <translation>Voll: neue Post wird abgewiesen</translation>
        </message>
        <message>
            <source>Nearly full: %1 left</source>
            <translation>Fast voll: noch %1</translation>
        </message>
        <message>
            <source>Last sign-in %1</source>
            <translation>Letzte Anmeldung %1</translation>
        </message>
        <message numerus="yes">
            <source>%n message(s)</source>
            <translation>
                <numerusform>%n Nachricht</numerusform>
                <numerusform>%n Nachrichten</numerusform>
            </translation>
        </message>
        <message>
            <source>No mail yet</source>
            <translation>Noch keine Post</translation>
        </message>
        <message>
            <source>Set a password…</source>
            <translation>Passwort setzen …</translation>
        </message>
        <message>
            <source>Name and storage…</source>
            <translation>Name und Speicher …</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Add a device…</source>
            <translation>Gerät hinzufügen …</translation>
        </message>
    </context>
    <context>
        <name>PersonStep</name>
        <message>
            <source>Who is the first person?</source>
            <translation>Wer ist die erste Person?</translation>
        </message>
        <message>
            <source>The address is proposed from the name.</source>
            <translation>Die Adresse wird aus dem Namen vorgeschlagen.</translation>
        </message>
        <message>
            <source>Setting up…</source>
            <translation>Wird eingerichtet …</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Anna Example</source>
            <translation>Anna Beispiel</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>Address, the part before @%1</source>
            <translation>Adresse, der Teil vor @%1</translation>
        </message>
    </context>
    <context>
        <name>PortSettings</name>
        <message>
            <source>Ports</source>
            <translation>Ports</translation>
        </message>
        <message>
            <source>The settings are saved.</source>
            <translation>Die Einstellungen sind gespeichert.</translation>
        </message>
        <message>
            <source>Port to look at</source>
            <translation>Welcher Port</translation>
        </message>
        <message>
            <source>Changes take effect at once; connections stay.</source>
            <translation>Änderungen gelten sofort; Verbindungen bleiben.</translation>
        </message>
    </context>
    <context>
        <name>PreviewLine</name>
        <message>
            <source>No subject</source>
            <translation>Ohne Betreff</translation>
        </message>
    </context>
    <context>
        <name>ProofStep</name>
        <message>
            <source>It works</source>
            <translation>Es geht</translation>
        </message>
        <message>
            <source>It works: the first message has arrived</source>
            <translation>Es geht: die erste Nachricht ist da</translation>
        </message>
        <message>
            <source>A first message is on its way</source>
            <translation>Eine erste Nachricht ist unterwegs</translation>
        </message>
        <message>
            <source>From the server to %1.</source>
            <translation>Vom Server an %1.</translation>
        </message>
        <message>
            <source>Finish</source>
            <translation>Fertigstellen</translation>
        </message>
        <message>
            <source>Received</source>
            <translation>Empfangen</translation>
        </message>
        <message>
            <source>Waiting for it…</source>
            <translation>Wird erwartet …</translation>
        </message>
        <message>
            <source>It is in the inbox of %1.</source>
            <translation>Sie liegt im Posteingang von %1.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal</translation>
        </message>
    </context>
    <context>
        <name>QueueActions</name>
        <message numerus="yes">
            <source>%n message(s) is/are tried now.</source>
            <translation>
                <numerusform>%n Nachricht wird jetzt versucht.</numerusform>
                <numerusform>%n Nachrichten werden jetzt versucht.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) is/are on hold.</source>
            <translation>
                <numerusform>%n Nachricht ist angehalten.</numerusform>
                <numerusform>%n Nachrichten sind angehalten.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) is/are released.</source>
            <translation>
                <numerusform>%n Nachricht ist freigegeben.</numerusform>
                <numerusform>%n Nachrichten sind freigegeben.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) only go(es) over a verified connection.</source>
            <translation>
                <numerusform>%n Nachricht geht nur über eine geprüfte Verbindung.</numerusform>
                <numerusform>%n Nachrichten gehen nur über eine geprüfte Verbindung.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Give up %n message(s)?</source>
            <translation>
                <numerusform>%n Nachricht aufgeben?</numerusform>
                <numerusform>%n Nachrichten aufgeben?</numerusform>
            </translation>
        </message>
        <message>
            <source>It is not tried again. The sender gets a report, with what the other server said.</source>
            <translation>Sie wird nicht mehr versucht. Der Absender bekommt einen Bericht mit den Worten des anderen Servers.</translation>
        </message>
        <message>
            <source>Tell the sender</source>
            <translation>Absender verständigen</translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) given up; the sender is told.</source>
            <translation>
                <numerusform>%n Nachricht aufgegeben; der Absender erfährt es.</numerusform>
                <numerusform>%n Nachrichten aufgegeben; die Absender erfahren es.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Drop %n message(s)?</source>
            <translation>
                <numerusform>%n Nachricht verwerfen?</numerusform>
                <numerusform>%n Nachrichten verwerfen?</numerusform>
            </translation>
        </message>
        <message>
            <source>It is removed and nobody is told. This cannot be taken back.</source>
            <translation>Sie wird entfernt und niemand erfährt davon. Das lässt sich nicht zurücknehmen.</translation>
        </message>
        <message>
            <source>Drop</source>
            <translation>Verwerfen</translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) dropped.</source>
            <translation>
                <numerusform>%n Nachricht verworfen.</numerusform>
                <numerusform>%n Nachrichten verworfen.</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 of %2 done.</source>
            <translation>%1 von %2 erledigt.</translation>
        </message>
        <message>
            <source>Taken back.</source>
            <translation>Zurückgenommen.</translation>
        </message>
    </context>
    <context>
        <name>QueueBar</name>
        <message>
            <source>What to do with the selected mail</source>
            <translation>Was mit der gewählten Post geschieht</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>Alle wählen</translation>
        </message>
        <message numerus="yes">
            <source>%n selected</source>
            <translation>
                <numerusform>%n gewählt</numerusform>
                <numerusform>%n gewählt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln message(s)</source>
            <translation>
                <numerusform>%Ln Nachricht</numerusform>
                <numerusform>%Ln Nachrichten</numerusform>
            </translation>
        </message>
        <message>
            <source>Try now</source>
            <translation>Jetzt versuchen</translation>
        </message>
        <message>
            <source>Release</source>
            <translation>Freigeben</translation>
        </message>
        <message>
            <source>Hold</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Tell the sender</source>
            <translation>Absender verständigen</translation>
        </message>
        <message>
            <source>Require TLS</source>
            <translation>TLS verlangen</translation>
        </message>
        <message>
            <source>Drop</source>
            <translation>Verwerfen</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mehr</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Abwählen</translation>
        </message>
    </context>
    <context>
        <name>QueueTab</name>
        <message>
            <source>Mail on hold</source>
            <translation>Angehaltene Post</translation>
        </message>
        <message>
            <source>Waiting mail</source>
            <translation>Wartende Post</translation>
        </message>
        <message>
            <source>%1 to %2: %3</source>
            <translation>%1 an %2: %3</translation>
        </message>
        <message>
            <source>No subject</source>
            <translation>Ohne Betreff</translation>
        </message>
        <message>
            <source>A report</source>
            <translation>Ein Bericht</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <translation>%1 · %2</translation>
        </message>
        <message numerus="yes">
            <source>%n try/tries</source>
            <translation>
                <numerusform>%n Versuch</numerusform>
                <numerusform>%n Versuche</numerusform>
            </translation>
        </message>
        <message>
            <source>on hold</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <source>now</source>
            <translation>jetzt</translation>
        </message>
        <message>
            <source>being sent</source>
            <translation>wird gesendet</translation>
        </message>
        <message>
            <source>next try</source>
            <translation>nächster Versuch</translation>
        </message>
        <message>
            <source>Nothing matches “%1”</source>
            <translation>Nichts passt zu „%1“</translation>
        </message>
        <message>
            <source>Nothing is on hold</source>
            <translation>Nichts ist angehalten</translation>
        </message>
        <message>
            <source>Nothing waits</source>
            <translation>Nichts wartet</translation>
        </message>
        <message>
            <source>Senders, recipients and subjects were looked at.</source>
            <translation>Absender, Empfänger und Betreffe wurden durchsucht.</translation>
        </message>
        <message>
            <source>Mail that a rule or you keep back is shown here.</source>
            <translation>Hier steht, was eine Regel oder Sie zurückhalten.</translation>
        </message>
        <message>
            <source>What people send goes out at once. What another server cannot take yet is shown here.</source>
            <translation>Was gesendet wird, geht sofort hinaus. Hier steht, was ein anderer Server noch nicht annehmen kann.</translation>
        </message>
    </context>
    <context>
        <name>Revocation</name>
        <message>
            <source>%1 is revoked. Its sessions are ended.</source>
            <translation>%1 ist gesperrt. Seine Verbindungen sind beendet.</translation>
        </message>
        <message>
            <source>%1 may sign in again.</source>
            <translation>%1 darf sich wieder anmelden.</translation>
        </message>
    </context>
    <context>
        <name>RuleEditor</name>
        <message>
            <source>The rule</source>
            <translation>Die Regel</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Why it holds</source>
            <translation>Warum sie anhält</translation>
        </message>
        <message>
            <source>Hold a message when all of these fit</source>
            <translation>Eine Nachricht anhalten, wenn all das zutrifft</translation>
        </message>
        <message>
            <source>Belongs to</source>
            <translation>Gehört</translation>
        </message>
        <message>
            <source>Sender</source>
            <translation>Absender</translation>
        </message>
        <message>
            <source>Sender’s domain</source>
            <translation>Domain des Absenders</translation>
        </message>
        <message>
            <source>Recipient</source>
            <translation>Empfänger</translation>
        </message>
        <message>
            <source>Recipient’s domain</source>
            <translation>Domain des Empfängers</translation>
        </message>
        <message>
            <source>Size in MB, at least</source>
            <translation>Größe in MB, mindestens</translation>
        </message>
        <message>
            <source>Let it go</source>
            <translation>Freigeben</translation>
        </message>
        <message>
            <source>when someone releases it</source>
            <translation>wenn es jemand tut</translation>
        </message>
        <message>
            <source>in an hour</source>
            <translation>in einer Stunde</translation>
        </message>
        <message>
            <source>in 8 hours</source>
            <translation>in 8 Stunden</translation>
        </message>
        <message>
            <source>in a day</source>
            <translation>in einem Tag</translation>
        </message>
        <message>
            <source>in a week</source>
            <translation>in einer Woche</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Save rule</source>
            <translation>Regel speichern</translation>
        </message>
    </context>
    <context>
        <name>RulePreview</name>
        <message>
            <source>What it would do</source>
            <translation>Was sie täte</translation>
        </message>
        <message>
            <source>counting…</source>
            <translation>wird gezählt …</translation>
        </message>
        <message>
            <source>not counted</source>
            <translation>nicht gezählt</translation>
        </message>
        <message>
            <source>counted just now</source>
            <translation>eben gezählt</translation>
        </message>
        <message>
            <source>would be held now</source>
            <translation>würden jetzt angehalten</translation>
        </message>
        <message>
            <source>would have been held in the last 7 days</source>
            <translation>wären in den letzten 7 Tagen angehalten worden</translation>
        </message>
        <message>
            <source>This would hold everything</source>
            <translation>Das würde alles anhalten</translation>
        </message>
        <message>
            <source>Without a condition the rule fits all outgoing mail.</source>
            <translation>Ohne Bedingung trifft die Regel auf alle ausgehende Post zu.</translation>
        </message>
        <message>
            <source>Waiting now</source>
            <translation>Wartet jetzt</translation>
        </message>
        <message>
            <source>From the last 7 days</source>
            <translation>Aus den letzten 7 Tagen</translation>
        </message>
    </context>
    <context>
        <name>RulesTab</name>
        <message>
            <source>of %1</source>
            <translation>von Konto %1</translation>
        </message>
        <message>
            <source>from %1</source>
            <translation>von %1</translation>
        </message>
        <message>
            <source>from anyone at %1</source>
            <translation>von allen bei %1</translation>
        </message>
        <message>
            <source>to %1</source>
            <translation>an %1</translation>
        </message>
        <message>
            <source>to anyone at %1</source>
            <translation>an alle bei %1</translation>
        </message>
        <message>
            <source>of %1 or more</source>
            <translation>ab %1</translation>
        </message>
        <message>
            <source>Holds all outgoing mail</source>
            <translation>Hält alle ausgehende Post an</translation>
        </message>
        <message>
            <source>Holds mail %1</source>
            <translation>Hält Post an: %1</translation>
        </message>
        <message>
            <source>The rule is removed; what it held goes out.</source>
            <translation>Die Regel ist entfernt; was sie hielt, geht hinaus.</translation>
        </message>
        <message>
            <source>All that a rule names must fit. It holds what waits already and what is new.</source>
            <translation>Alles, was eine Regel nennt, muss zutreffen. Sie hält Wartendes und Neues an.</translation>
        </message>
        <message>
            <source>Add a rule</source>
            <translation>Regel hinzufügen</translation>
        </message>
        <message>
            <source>Hold rules</source>
            <translation>Halteregeln</translation>
        </message>
        <message>
            <source>ends %1</source>
            <translation>endet %1</translation>
        </message>
        <message>
            <source>until it is removed</source>
            <translation>bis sie entfernt wird</translation>
        </message>
        <message numerus="yes">
            <source>holds %n message(s) now</source>
            <translation>
                <numerusform>hält jetzt %n Nachricht</numerusform>
                <numerusform>hält jetzt %n Nachrichten</numerusform>
            </translation>
        </message>
        <message>
            <source>Remove and release</source>
            <translation>Entfernen und freigeben</translation>
        </message>
        <message>
            <source>No rule holds mail</source>
            <translation>Keine Regel hält Post an</translation>
        </message>
        <message>
            <source>A rule keeps outgoing mail back until you look at it: all of one person, all to one address, or what is very large.</source>
            <translation>Eine Regel hält ausgehende Post zurück, bis Sie sie ansehen: alles einer Person, alles an eine Adresse oder was sehr groß ist.</translation>
        </message>
        <message numerus="yes">
            <source>The rule is saved and holds %n message(s).</source>
            <translation>
                <numerusform>Die Regel ist gespeichert und hält %n Nachricht an.</numerusform>
                <numerusform>Die Regel ist gespeichert und hält %n Nachrichten an.</numerusform>
            </translation>
        </message>
        <message>
            <source>The rule is saved.</source>
            <translation>Die Regel ist gespeichert.</translation>
        </message>
    </context>
    <context>
        <name>SearchField</name>
        <message>
            <source>Ctrl F</source>
            <translation>Strg F</translation>
        </message>
    </context>
    <context>
        <name>SecretLine</name>
        <message>
            <source>Password</source>
            <translation>Passwort</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
    </context>
    <context>
        <name>SecurityPage</name>
        <message>
            <source>Signed in</source>
            <translation>Angemeldet</translation>
        </message>
        <message>
            <source>Wrong password</source>
            <translation>Falsches Passwort</translation>
        </message>
        <message>
            <source>Connection was tampered with</source>
            <translation>Verbindung war verfälscht</translation>
        </message>
        <message>
            <source>Unknown key</source>
            <translation>Unbekannter Schlüssel</translation>
        </message>
        <message>
            <source>Key of somebody else</source>
            <translation>Schlüssel von jemand anderem</translation>
        </message>
        <message>
            <source>Too many tries</source>
            <translation>Zu viele Versuche</translation>
        </message>
        <message>
            <source>Did not finish</source>
            <translation>Nicht zu Ende geführt</translation>
        </message>
        <message>
            <source>Was signed in already</source>
            <translation>War schon angemeldet</translation>
        </message>
        <message>
            <source>Security</source>
            <translation>Sicherheit</translation>
        </message>
        <message>
            <source>Nobody has signed in yet.</source>
            <translation>Es hat sich noch niemand angemeldet.</translation>
        </message>
        <message>
            <source>Every sign-in went well.</source>
            <translation>Jede Anmeldung ging gut.</translation>
        </message>
        <message numerus="yes">
            <source>%n kind(s) of sign-in did not work.</source>
            <translation>
                <numerusform>%n Art von Anmeldung ging nicht.</numerusform>
                <numerusform>%n Arten von Anmeldungen gingen nicht.</numerusform>
            </translation>
        </message>
        <message>
            <source>Filter sign-ins</source>
            <translation>Anmeldungen filtern</translation>
        </message>
        <message>
            <source>Which sign-ins</source>
            <translation>Welche Anmeldungen</translation>
        </message>
        <message>
            <source>All sign-ins</source>
            <translation>Alle Anmeldungen</translation>
        </message>
        <message>
            <source>Did not work</source>
            <translation>Nicht gegangen</translation>
        </message>
        <message>
            <source>Sign-ins</source>
            <translation>Anmeldungen</translation>
        </message>
        <message>
            <source>Name given</source>
            <translation>Genannter Name</translation>
        </message>
        <message>
            <source>How it went</source>
            <translation>Wie es ging</translation>
        </message>
        <message>
            <source>How</source>
            <translation>Wie</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Times</source>
            <translation>Anzahl</translation>
        </message>
        <message>
            <source>Last</source>
            <translation>Zuletzt</translation>
        </message>
        <message>
            <source>Nothing matches “%1”</source>
            <translation>Nichts passt zu „%1“</translation>
        </message>
        <message>
            <source>Every sign-in went well</source>
            <translation>Jede Anmeldung ging gut</translation>
        </message>
        <message>
            <source>Nobody has signed in yet</source>
            <translation>Es hat sich noch niemand angemeldet</translation>
        </message>
        <message>
            <source>Who signs in, with what, and from where, is listed here.</source>
            <translation>Hier steht, wer sich womit und von wo anmeldet.</translation>
        </message>
    </context>
    <context>
        <name>SeenKeysCard</name>
        <message>
            <source>%1 may sign in with its key.</source>
            <translation>%1 darf sich mit dem Schlüssel anmelden.</translation>
        </message>
        <message>
            <source>%1 has a key that is not known yet</source>
            <translation>%1 hat einen Schlüssel, der noch nicht bekannt ist</translation>
        </message>
        <message>
            <source>A device of %1</source>
            <translation>Ein Gerät von %1</translation>
        </message>
        <message>
            <source>It signed in with the password of %1, %2, from %3.</source>
            <translation>Es hat sich mit dem Passwort von %1 angemeldet, %2, von %3.</translation>
        </message>
        <message>
            <source>Let this key in</source>
            <translation>Diesen Schlüssel zulassen</translation>
        </message>
    </context>
    <context>
        <name>SentTab</name>
        <message>
            <source>Sent</source>
            <translation>Gesendet</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Gescheitert</translation>
        </message>
        <message>
            <source>Dropped</source>
            <translation>Verworfen</translation>
        </message>
        <message>
            <source>Not sent: suppressed</source>
            <translation>Nicht gesendet: unterdrückt</translation>
        </message>
        <message>
            <source>What became of it</source>
            <translation>Was daraus wurde</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Mail that was sent or failed</source>
            <translation>Gesendete und gescheiterte Post</translation>
        </message>
        <message>
            <source>Subject</source>
            <translation>Betreff</translation>
        </message>
        <message>
            <source>No subject</source>
            <translation>Ohne Betreff</translation>
        </message>
        <message>
            <source>To</source>
            <translation>An</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message numerus="yes">
            <source>Handed over after %n try/tries</source>
            <translation>
                <numerusform>Nach %n Versuch übergeben</numerusform>
                <numerusform>Nach %n Versuchen übergeben</numerusform>
            </translation>
        </message>
        <message>
            <source>Their answer</source>
            <translation>Ihre Antwort</translation>
        </message>
        <message>
            <source>Full trace</source>
            <translation>Ganze Spur</translation>
        </message>
        <message>
            <source>Show older mail</source>
            <translation>Ältere Post zeigen</translation>
        </message>
        <message>
            <source>Nothing like this was sent</source>
            <translation>Nichts dergleichen wurde gesendet</translation>
        </message>
        <message>
            <source>Nothing was sent yet</source>
            <translation>Es wurde noch nichts gesendet</translation>
        </message>
        <message>
            <source>What has left this server is listed here, with what became of it.</source>
            <translation>Hier steht, was diesen Server verlassen hat und was daraus wurde.</translation>
        </message>
    </context>
    <context>
        <name>SeriesTable</name>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
    </context>
    <context>
        <name>ServerSettings</name>
        <message>
            <source>Server</source>
            <translation>Server</translation>
        </message>
        <message>
            <source>The settings are saved.</source>
            <translation>Die Einstellungen sind gespeichert.</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>This window, and the server as a whole.</source>
            <translation>Dieses Fenster und der Server als Ganzes.</translation>
        </message>
    </context>
    <context>
        <name>StaleBanner</name>
        <message>
            <source>The connection to the server is lost. This is how it was at %1.</source>
            <translation>Die Verbindung zum Server ist verloren. So war es um %1.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal</translation>
        </message>
    </context>
    <context>
        <name>StartStep</name>
        <message>
            <source>Your server is running and waits to be set up</source>
            <translation>Ihr Server läuft und wartet auf die Einrichtung</translation>
        </message>
        <message>
            <source>It takes mail for nobody yet.</source>
            <translation>Er nimmt noch für niemanden Post an.</translation>
        </message>
        <message>
            <source>Set it up</source>
            <translation>Einrichten</translation>
        </message>
        <message>
            <source>Postroom %1 answers</source>
            <translation>Postroom %1 antwortet</translation>
        </message>
        <message>
            <source>This is a playground</source>
            <translation>Das ist ein Spielplatz</translation>
        </message>
        <message>
            <source>Nothing leaves this computer and no DNS is needed, so any domain will do. It is a tour: at its end a test message arrives, as in a real one.</source>
            <translation>Nichts verlässt diesen Rechner und DNS ist nicht nötig, also geht jede Domain. Es ist ein Rundgang: Am Ende kommt eine Testnachricht an wie auf einem echten Server.</translation>
        </message>
    </context>
    <context>
        <name>Stepper</name>
        <message>
            <source>Step %1 of %2: %3</source>
            <translation>Schritt %1 von %2: %3</translation>
        </message>
    </context>
    <context>
        <name>StorageCard</name>
        <message>
            <source>Storage</source>
            <translation>Speicher</translation>
        </message>
        <message>
            <source>%1 in all</source>
            <translation>%1 insgesamt</translation>
        </message>
        <message>
            <source>Nobody has a mailbox yet.</source>
            <translation>Noch hat niemand ein Postfach.</translation>
        </message>
    </context>
    <context>
        <name>SuppressedTab</name>
        <message>
            <source>%1 gets mail again.</source>
            <translation>%1 bekommt wieder Post.</translation>
        </message>
        <message>
            <source>Suppressed addresses</source>
            <translation>Unterdrückte Adressen</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>Whose mail</source>
            <translation>Wessen Post</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>Seit</translation>
        </message>
        <message>
            <source>Added by hand</source>
            <translation>Von Hand eingetragen</translation>
        </message>
        <message>
            <source>Mail to this address came back for good</source>
            <translation>Post an diese Adresse kam endgültig zurück</translation>
        </message>
        <message>
            <source>Send mail again</source>
            <translation>Wieder Post senden</translation>
        </message>
        <message>
            <source>Nothing matches “%1”</source>
            <translation>Nichts passt zu „%1“</translation>
        </message>
        <message>
            <source>Nobody is suppressed</source>
            <translation>Niemand ist unterdrückt</translation>
        </message>
        <message>
            <source>When mail to an address comes back for good, it is listed here and nothing more is sent there.</source>
            <translation>Kommt Post an eine Adresse endgültig zurück, steht sie hier und es wird nichts mehr dorthin gesendet.</translation>
        </message>
    </context>
    <context>
        <name>TableHeader</name>
        <message>
            <source>Select all</source>
            <translation>Alle wählen</translation>
        </message>
        <message>
            <source>%1, sorted downwards</source>
            <translation>%1, absteigend sortiert</translation>
        </message>
        <message>
            <source>%1, sorted upwards</source>
            <translation>%1, aufsteigend sortiert</translation>
        </message>
    </context>
    <context>
        <name>TableRow</name>
        <message>
            <source>Select %1</source>
            <translation>%1 wählen</translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message>
            <source>What happened</source>
            <translation>Was geschah</translation>
        </message>
    </context>
    <context>
        <name>TlsCard</name>
        <message>
            <source>No encrypted connection in the last 24 hours</source>
            <translation>Keine verschlüsselte Verbindung in den letzten 24 Stunden</translation>
        </message>
        <message>
            <source>%1 of %2 failed in 24 hours</source>
            <translation>%1 von %2 gescheitert in 24 Stunden</translation>
        </message>
        <message>
            <source>%1 %</source>
            <translation>%1 %</translation>
        </message>
        <message>
            <source>%1: %2 of %3 failed</source>
            <translation>%1: %2 von %3 gescheitert</translation>
        </message>
        <message>
            <source>Encryption</source>
            <translation>Verschlüsselung</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>Linie</translation>
        </message>
        <message>
            <source>Table</source>
            <translation>Tabelle</translation>
        </message>
        <message>
            <source>Show as line</source>
            <translation>Als Linie zeigen</translation>
        </message>
        <message>
            <source>Show as table</source>
            <translation>Als Tabelle zeigen</translation>
        </message>
        <message>
            <source>alarm at %1</source>
            <translation>Alarm ab %1</translation>
        </message>
        <message>
            <source>Hour</source>
            <translation>Stunde</translation>
        </message>
        <message>
            <source>Connections</source>
            <translation>Verbindungen</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Gescheitert</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Anteil</translation>
        </message>
    </context>
    <context>
        <name>TraceHits</name>
        <message>
            <source>Messages found</source>
            <translation>Gefundene Nachrichten</translation>
        </message>
        <message>
            <source>No subject</source>
            <translation>Ohne Betreff</translation>
        </message>
        <message>
            <source>A report</source>
            <translation>Ein Bericht</translation>
        </message>
    </context>
    <context>
        <name>TracePage</name>
        <message>
            <source>Trace a message</source>
            <translation>Nachricht verfolgen</translation>
        </message>
        <message>
            <source>Address, subject, Message-ID or log number</source>
            <translation>Adresse, Betreff, Message-ID oder Protokollnummer</translation>
        </message>
        <message>
            <source>searching…</source>
            <translation>sucht …</translation>
        </message>
        <message numerus="yes">
            <source>%n found</source>
            <translation>
                <numerusform>%n gefunden</numerusform>
                <numerusform>%n gefunden</numerusform>
            </translation>
        </message>
        <message>
            <source>Times are local. Traces are kept for 90 days.</source>
            <translation>Zeiten sind Ortszeit. Spuren werden 90 Tage aufgehoben.</translation>
        </message>
        <message>
            <source>What happened to a message?</source>
            <translation>Was wurde aus einer Nachricht?</translation>
        </message>
        <message>
            <source>No message like this</source>
            <translation>Keine solche Nachricht</translation>
        </message>
        <message>
            <source>Type who sent it, who should have it, or a word of its subject.</source>
            <translation>Tippen Sie, wer sie schickte, wer sie bekommen sollte, oder ein Wort aus dem Betreff.</translation>
        </message>
        <message>
            <source>It never reached this server, or it was longer ago than traces are kept. Ask the sender for the failure notice they got.</source>
            <translation>Sie kam nie bei diesem Server an, oder es ist länger her, als Spuren aufgehoben werden. Fragen Sie den Absender nach der Fehlermeldung.</translation>
        </message>
    </context>
    <context>
        <name>TraceStory</name>
        <message>
            <source>“%1” from %2 to %3</source>
            <translation>„%1“ von %2 an %3</translation>
        </message>
        <message>
            <source>No subject</source>
            <translation>Ohne Betreff</translation>
        </message>
        <message>
            <source>this server</source>
            <translation>diesem Server</translation>
        </message>
        <message>
            <source>Copy the trace</source>
            <translation>Spur kopieren</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>log %1</source>
            <translation>Protokoll %1</translation>
        </message>
        <message>
            <source>Message-ID %1</source>
            <translation>Message-ID %1</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>UndoBar</name>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Close message</source>
            <translation>Meldung schließen</translation>
        </message>
    </context>
    <context>
        <name>UnreachableState</name>
        <message>
            <source>The server can't be reached</source>
            <translation>Der Server ist nicht erreichbar</translation>
        </message>
        <message>
            <source>It may be stopped, or you may not be allowed to manage it. This window connects by itself as soon as the server answers.</source>
            <translation>Vielleicht läuft er nicht, oder Sie dürfen ihn nicht verwalten. Dieses Fenster verbindet sich von selbst, sobald der Server antwortet.</translation>
        </message>
        <message>
            <source>What was tried</source>
            <translation>Was versucht wurde</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal</translation>
        </message>
    </context>
    <context>
        <name>WaitingCard</name>
        <message>
            <source>Waiting to be sent</source>
            <translation>Wartet auf das Senden</translation>
        </message>
        <message>
            <source>All %1</source>
            <translation>Alle %1</translation>
        </message>
        <message>
            <source>Nothing waits.</source>
            <translation>Nichts wartet.</translation>
        </message>
        <message>
            <source>%1 → %2</source>
            <translation>%1 → %2</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>Wird gesendet</translation>
        </message>
        <message>
            <source>on hold</source>
            <translation>angehalten</translation>
        </message>
    </context>
    <context>
        <name>WindowSettings</name>
        <message>
            <source>This window</source>
            <translation>Dieses Fenster</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Light, dark, or as the system says.</source>
            <translation>Hell, dunkel oder wie das System.</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Takes effect at once.</source>
            <translation>Gilt sofort.</translation>
        </message>
        <message>
            <source>Less motion</source>
            <translation>Weniger Bewegung</translation>
        </message>
        <message>
            <source>Bars and marks stand still.</source>
            <translation>Balken und Zeichen stehen still.</translation>
        </message>
        <message>
            <source>Monitor</source>
            <translation>Monitor</translation>
        </message>
        <message>
            <source>An icon in the panel shows the state of the server, from when you sign in.</source>
            <translation>Ein Symbol in der Leiste zeigt den Zustand des Servers, sobald Sie angemeldet sind.</translation>
        </message>
        <message>
            <source>This desktop has no place for an icon. The monitor tells what matters by notifications.</source>
            <translation>Dieser Desktop hat keinen Platz für ein Symbol. Der Monitor meldet Wichtiges als Benachrichtigung.</translation>
        </message>
    </context>
    <context>
        <name>Wizard</name>
        <message>
            <source>Set up Postroom</source>
            <translation>Postroom einrichten</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>Domain</source>
            <translation>Domain</translation>
        </message>
        <message>
            <source>First person</source>
            <translation>Erste Person</translation>
        </message>
        <message>
            <source>DNS</source>
            <translation>DNS</translation>
        </message>
        <message>
            <source>First device</source>
            <translation>Erstes Gerät</translation>
        </message>
        <message>
            <source>Proof</source>
            <translation>Probe</translation>
        </message>
    </context>
    <context>
        <name>WizardStep</name>
        <message>
            <source>Next</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
    </context>
    <context>
        <name>WizardWhy</name>
        <message>
            <source>Mail that is yours</source>
            <translation>Post, die Ihnen gehört</translation>
        </message>
        <message>
            <source>Postroom runs a mail server for your home or office. This takes a few minutes and three things to type.</source>
            <translation>Postroom betreibt einen Mailserver für Zuhause oder Büro. Das dauert ein paar Minuten, und drei Dinge sind zu tippen.</translation>
        </message>
        <message>
            <source>What do I need?</source>
            <translation>Was brauche ich?</translation>
        </message>
        <message>
            <source>A domain, such as example.net, and access to its DNS at the company you bought it from.</source>
            <translation>Eine Domain wie example.net und Zugang zu ihrem DNS bei der Firma, wo Sie sie gekauft haben.</translation>
        </message>
        <message>
            <source>Can I stop half way?</source>
            <translation>Kann ich mittendrin aufhören?</translation>
        </message>
        <message>
            <source>Yes. Set-up goes on where you stopped.</source>
            <translation>Ja. Die Einrichtung geht da weiter, wo Sie aufgehört haben.</translation>
        </message>
        <message>
            <source>The part behind the @</source>
            <translation>Der Teil hinter dem @</translation>
        </message>
        <message>
            <source>Everybody’s address ends with it. The server gets a name in it, too.</source>
            <translation>Alle Adressen enden damit. Auch der Server bekommt einen Namen darin.</translation>
        </message>
        <message>
            <source>I have several</source>
            <translation>Ich habe mehrere</translation>
        </message>
        <message>
            <source>Begin with one; others are added later.</source>
            <translation>Fangen Sie mit einer an; andere kommen später dazu.</translation>
        </message>
        <message>
            <source>Does mail stop where it is now?</source>
            <translation>Hört die Post auf, wo sie jetzt ist?</translation>
        </message>
        <message>
            <source>No. It goes on to your old provider until you change the MX record.</source>
            <translation>Nein. Sie geht zum alten Anbieter, bis Sie den MX-Eintrag ändern.</translation>
        </message>
        <message>
            <source>Who lives here?</source>
            <translation>Wer wohnt hier?</translation>
        </message>
        <message>
            <source>The first person also gets what is written to postmaster and abuse, which every mail server must have.</source>
            <translation>Die erste Person bekommt auch, was an postmaster und abuse geschrieben wird; die muss jeder Mailserver haben.</translation>
        </message>
        <message>
            <source>And the password?</source>
            <translation>Und das Passwort?</translation>
        </message>
        <message>
            <source>The server makes a good one and shows it once.</source>
            <translation>Der Server erzeugt ein gutes und zeigt es einmal.</translation>
        </message>
        <message>
            <source>Tell the internet where your mail lives</source>
            <translation>Sagen Sie dem Internet, wo Ihre Post wohnt</translation>
        </message>
        <message>
            <source>Other servers look these records up before they send to you, and before they believe mail from you.</source>
            <translation>Andere Server schlagen das nach, bevor sie Ihnen Post senden und bevor sie Ihrer Post glauben.</translation>
        </message>
        <message>
            <source>What if I skip one?</source>
            <translation>Was, wenn ich etwas auslasse?</translation>
        </message>
        <message>
            <source>Mail flows with the first three. The others keep you out of junk folders.</source>
            <translation>Post fließt mit den ersten drei. Die anderen bewahren Sie vor Spam-Ordnern.</translation>
        </message>
        <message>
            <source>How long does it take?</source>
            <translation>Wie lange dauert es?</translation>
        </message>
        <message>
            <source>Mostly minutes, at times a day. You need not wait here.</source>
            <translation>Meist Minuten, manchmal einen Tag. Sie müssen hier nicht warten.</translation>
        </message>
        <message>
            <source>One key for each device</source>
            <translation>Ein Schlüssel für jedes Gerät</translation>
        </message>
        <message>
            <source>A device signs in with its own key or password. When it is lost, only that one is revoked.</source>
            <translation>Ein Gerät meldet sich mit eigenem Schlüssel oder Passwort an. Geht es verloren, wird nur dieses gesperrt.</translation>
        </message>
        <message>
            <source>Which one should I take?</source>
            <translation>Welches soll ich nehmen?</translation>
        </message>
        <message>
            <source>The one in front of you. Others are added later.</source>
            <translation>Das vor Ihnen. Andere kommen später dazu.</translation>
        </message>
        <message>
            <source>Seeing is believing</source>
            <translation>Sehen heißt glauben</translation>
        </message>
        <message>
            <source>The server sends a message to the first mailbox and shows what happens to it.</source>
            <translation>Der Server sendet eine Nachricht an das erste Postfach und zeigt, was mit ihr geschieht.</translation>
        </message>
        <message>
            <source>You can close this window at any time. Set-up goes on where you stopped.</source>
            <translation>Sie können dieses Fenster jederzeit schließen. Die Einrichtung geht da weiter, wo Sie aufgehört haben.</translation>
        </message>
    </context>
    <context>
        <name>gui::ApiCall</name>
        <message>
            <source>this server cannot do that</source>
            <translation>dieser Server kann das nicht</translation>
        </message>
        <message>
            <source>The server can't be reached. Nothing was changed.</source>
            <translation>Der Server ist nicht erreichbar. Es wurde nichts geändert.</translation>
        </message>
    </context>
    <context>
        <name>gui::DaemonLink</name>
        <message>
            <source>The connection was closed.</source>
            <translation>Die Verbindung wurde geschlossen.</translation>
        </message>
    </context>
    <context>
        <name>gui::DeviceKey</name>
        <message>
            <source>The file could not be written: %1</source>
            <translation>Die Datei konnte nicht geschrieben werden: %1</translation>
        </message>
    </context>
    <context>
        <name>gui::Health</name>
        <message>
            <source>Port %1 is not open</source>
            <translation>Port %1 ist nicht offen</translation>
        </message>
        <message>
            <source>Nobody can connect there.</source>
            <translation>Niemand kann sich dort verbinden.</translation>
        </message>
        <message>
            <source>The mailbox of %1 is full</source>
            <translation>Das Postfach von %1 ist voll</translation>
        </message>
        <message>
            <source>The mailbox of %1 is nearly full</source>
            <translation>Das Postfach von %1 ist fast voll</translation>
        </message>
        <message>
            <source>New mail is turned away: %1 used.</source>
            <translation>Neue Post wird abgewiesen: %1 belegt.</translation>
        </message>
        <message>
            <source>%1 used. When it is full, mail is turned away.</source>
            <translation>%1 belegt. Ist es voll, wird Post abgewiesen.</translation>
        </message>
        <message numerus="yes">
            <source>The server met %n error(s) of its own</source>
            <translation>
                <numerusform>Der Server hatte %n eigenen Fehler</numerusform>
                <numerusform>Der Server hatte %n eigene Fehler</numerusform>
            </translation>
        </message>
        <message>
            <source>Mail is safe. The server's log says what happened.</source>
            <translation>Die Post ist sicher. Im Protokoll des Servers steht, was geschah.</translation>
        </message>
        <message>
            <source>This server is not set up yet.</source>
            <translation>Dieser Server ist noch nicht eingerichtet.</translation>
        </message>
        <message>
            <source>Mail is not flowing as it should.</source>
            <translation>Die Post fließt nicht, wie sie sollte.</translation>
        </message>
        <message numerus="yes">
            <source>Mail is flowing. %n thing(s) need(s) you.</source>
            <translation>
                <numerusform>Die Post fließt. Eine Sache braucht Sie.</numerusform>
                <numerusform>Die Post fließt. %n Dinge brauchen Sie.</numerusform>
            </translation>
        </message>
        <message>
            <source>Ready. Nothing has arrived yet.</source>
            <translation>Bereit. Es ist noch nichts angekommen.</translation>
        </message>
        <message>
            <source>Mail is flowing.</source>
            <translation>Die Post fließt.</translation>
        </message>
        <message>
            <source>%1 received and %2 sent in the last 24 hours</source>
            <translation>%1 empfangen und %2 gesendet in den letzten 24 Stunden</translation>
        </message>
    </context>
    <context>
        <name>gui::MailSettings</name>
        <message>
            <source>Mail of %1</source>
            <translation>Post von %1</translation>
        </message>
    </context>
    <context>
        <name>gui::Monitor</name>
        <message>
            <source>Postroom: the server does not answer</source>
            <translation>Postroom: Der Server antwortet nicht</translation>
        </message>
        <message>
            <source>The mail server does not answer</source>
            <translation>Der Mailserver antwortet nicht</translation>
        </message>
        <message>
            <source>Mail waits until it is back.</source>
            <translation>Die Post wartet, bis er wieder da ist.</translation>
        </message>
        <message>
            <source>Open Postroom</source>
            <translation>Postroom öffnen</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>The server does not answer</source>
            <translation>Der Server antwortet nicht</translation>
        </message>
        <message numerus="yes">
            <source>Waiting: %n</source>
            <translation>
                <numerusform>Wartet: %n</numerusform>
                <numerusform>Wartet: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Release all mail</source>
            <translation>Alle Post freigeben</translation>
        </message>
        <message>
            <source>Hold all mail</source>
            <translation>Alle Post anhalten</translation>
        </message>
        <message>
            <source>15 minutes</source>
            <translation>15 Minuten</translation>
        </message>
        <message>
            <source>1 hour</source>
            <translation>1 Stunde</translation>
        </message>
        <message>
            <source>Until I say</source>
            <translation>Bis auf Weiteres</translation>
        </message>
        <message>
            <source>Add a device…</source>
            <translation>Gerät hinzufügen …</translation>
        </message>
        <message>
            <source>Quit monitor</source>
            <translation>Monitor beenden</translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) cannot be delivered for hours</source>
            <translation>
                <numerusform>%n Nachricht ist seit Stunden nicht zustellbar</numerusform>
                <numerusform>%n Nachrichten sind seit Stunden nicht zustellbar</numerusform>
            </translation>
        </message>
        <message>
            <source>See why</source>
            <translation>Zeigen, warum</translation>
        </message>
        <message>
            <source>Give more room</source>
            <translation>Mehr Platz geben</translation>
        </message>
    </context>
    <context>
        <name>gui::Reasons</name>
        <message>
            <source>Your side is fine. We try again by ourselves, for five days; then the sender is told.</source>
            <translation>Auf unserer Seite ist alles in Ordnung. Wir versuchen es von selbst weiter, fünf Tage lang; dann erfährt es der Absender.</translation>
        </message>
        <message>
            <source>Their mailbox is full</source>
            <translation>Das Postfach dort ist voll</translation>
        </message>
        <message>
            <source>If it is urgent, call them or write to another address.</source>
            <translation>Eilt es, rufen Sie an oder schreiben Sie an eine andere Adresse.</translation>
        </message>
        <message>
            <source>They do not know this address</source>
            <translation>Dort kennt man diese Adresse nicht</translation>
        </message>
        <message>
            <source>Their server says that nobody there has this address.</source>
            <translation>Der fremde Server sagt, dass dort niemand diese Adresse hat.</translation>
        </message>
        <message>
            <source>Check how it is spelt, and ask them for their address.</source>
            <translation>Prüfen Sie die Schreibweise und fragen Sie nach der Adresse.</translation>
        </message>
        <message>
            <source>There is no such domain</source>
            <translation>Diese Domain gibt es nicht</translation>
        </message>
        <message>
            <source>The part behind the @ is not found in the DNS.</source>
            <translation>Der Teil hinter dem @ steht nicht im DNS.</translation>
        </message>
        <message>
            <source>Check how it is spelt.</source>
            <translation>Prüfen Sie die Schreibweise.</translation>
        </message>
        <message>
            <source>This domain takes no mail</source>
            <translation>Diese Domain nimmt keine Post an</translation>
        </message>
        <message>
            <source>Its owner says in the DNS that it has no mailboxes.</source>
            <translation>Ihre Besitzer sagen im DNS, dass sie keine Postfächer hat.</translation>
        </message>
        <message>
            <source>Ask them for another address.</source>
            <translation>Fragen Sie nach einer anderen Adresse.</translation>
        </message>
        <message>
            <source>Their mailbox is closed</source>
            <translation>Das Postfach dort ist geschlossen</translation>
        </message>
        <message>
            <source>Their server knows the address but takes no mail for it.</source>
            <translation>Der fremde Server kennt die Adresse, nimmt aber keine Post für sie an.</translation>
        </message>
        <message>
            <source>The message is too large for them</source>
            <translation>Die Nachricht ist dort zu groß</translation>
        </message>
        <message>
            <source>Their server takes only smaller messages.</source>
            <translation>Der fremde Server nimmt nur kleinere Nachrichten.</translation>
        </message>
        <message>
            <source>Send it in parts, or a link to it.</source>
            <translation>Senden Sie sie in Teilen oder als Verweis.</translation>
        </message>
        <message>
            <source>They took it for junk</source>
            <translation>Dort galt sie als Spam</translation>
        </message>
        <message>
            <source>Their server does not trust this message or this server.</source>
            <translation>Der fremde Server traut dieser Nachricht oder diesem Server nicht.</translation>
        </message>
        <message>
            <source>Check the DNS records of the domain, then write to their postmaster.</source>
            <translation>Prüfen Sie die DNS-Einträge der Domain, dann schreiben Sie dem dortigen Postmaster.</translation>
        </message>
        <message>
            <source>They asked us to come back</source>
            <translation>Wir sollen wiederkommen</translation>
        </message>
        <message>
            <source>Their server turns the first try of a new sender away. The next one is taken.</source>
            <translation>Der fremde Server weist neue Absender beim ersten Mal ab. Der nächste Versuch wird angenommen.</translation>
        </message>
        <message>
            <source>Their certificate does not match</source>
            <translation>Das Zertifikat dort passt nicht</translation>
        </message>
        <message>
            <source>Their server may be another than it says, so nothing was handed over. The fault is theirs.</source>
            <translation>Der fremde Server ist vielleicht ein anderer, als er sagt; darum wurde nichts übergeben. Der Fehler liegt dort.</translation>
        </message>
        <message>
            <source>Tell them, or let this one message go without a verified connection.</source>
            <translation>Sagen Sie es den Leuten dort, oder lassen Sie diese eine Nachricht ohne geprüfte Verbindung gehen.</translation>
        </message>
        <message>
            <source>They miss a name for our address</source>
            <translation>Unserer Adresse fehlt ein Name</translation>
        </message>
        <message>
            <source>Their server wants the reverse DNS of this server to be right.</source>
            <translation>Der fremde Server verlangt, dass das Reverse-DNS dieses Servers stimmt.</translation>
        </message>
        <message>
            <source>Ask your internet provider to set it.</source>
            <translation>Bitten Sie Ihren Internetanbieter, es zu setzen.</translation>
        </message>
        <message>
            <source>They refused it for safety</source>
            <translation>Dort aus Vorsicht abgelehnt</translation>
        </message>
        <message>
            <source>Their server did not answer</source>
            <translation>Der Server dort hat nicht geantwortet</translation>
        </message>
        <message>
            <source>Their server is not reachable</source>
            <translation>Der Server dort ist nicht erreichbar</translation>
        </message>
        <message>
            <source>Their DNS does not answer</source>
            <translation>Das DNS dort antwortet nicht</translation>
        </message>
        <message>
            <source>The message goes round in circles</source>
            <translation>Die Nachricht läuft im Kreis</translation>
        </message>
        <message>
            <source>It was forwarded so often that it can only be a loop.</source>
            <translation>Sie wurde so oft weitergeleitet, dass es nur eine Schleife sein kann.</translation>
        </message>
        <message>
            <source>Look for forwardings that point at each other.</source>
            <translation>Suchen Sie nach Weiterleitungen, die aufeinander zeigen.</translation>
        </message>
        <message>
            <source>Their server cannot take it now</source>
            <translation>Der Server dort kann sie jetzt nicht annehmen</translation>
        </message>
        <message>
            <source>The connection did not work out</source>
            <translation>Die Verbindung kam nicht zustande</translation>
        </message>
        <message>
            <source>The two servers did not understand each other</source>
            <translation>Die beiden Server verstanden sich nicht</translation>
        </message>
        <message>
            <source>Received</source>
            <translation>Empfangen</translation>
        </message>
        <message>
            <source>Checked</source>
            <translation>Geprüft</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>Entschieden</translation>
        </message>
        <message>
            <source>Turned away</source>
            <translation>Abgewiesen</translation>
        </message>
        <message>
            <source>Delivered</source>
            <translation>Zugestellt</translation>
        </message>
        <message>
            <source>Queued for sending</source>
            <translation>Zum Senden eingereiht</translation>
        </message>
        <message>
            <source>Tried, not delivered yet</source>
            <translation>Versucht, noch nicht zugestellt</translation>
        </message>
        <message>
            <source>Handed over</source>
            <translation>Übergeben</translation>
        </message>
        <message>
            <source>Given up</source>
            <translation>Aufgegeben</translation>
        </message>
        <message>
            <source>Put on hold</source>
            <translation>Angehalten</translation>
        </message>
        <message>
            <source>Released</source>
            <translation>Freigegeben</translation>
        </message>
        <message>
            <source>Removed from the queue</source>
            <translation>Aus der Warteschlange entfernt</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>Gelesen</translation>
        </message>
        <message>
            <source>Fetched</source>
            <translation>Abgeholt</translation>
        </message>
        <message>
            <source>Waits for its turn</source>
            <translation>Wartet, bis sie dran ist</translation>
        </message>
        <message>
            <source>They refused it</source>
            <translation>Sie haben sie abgelehnt</translation>
        </message>
        <message>
            <source>Their server does not take this message. What it said is below.</source>
            <translation>Der fremde Server nimmt diese Nachricht nicht. Was er sagte, steht darunter.</translation>
        </message>
        <message>
            <source>They could not take it yet</source>
            <translation>Sie konnten sie noch nicht annehmen</translation>
        </message>
        <message>
            <source>A report, from no sender</source>
            <translation>Ein Bericht, ohne Absender</translation>
        </message>
        <message>
            <source>From %1 for %2</source>
            <translation>Von %1 für %2</translation>
        </message>
        <message>
            <source>To %1</source>
            <translation>An %1</translation>
        </message>
        <message>
            <source>Kept back</source>
            <translation>Zurückgehalten</translation>
        </message>
        <message>
            <source>A rule or a person keeps it. It is not tried until it is released.</source>
            <translation>Eine Regel oder eine Person hält sie zurück. Bis zur Freigabe wird sie nicht versucht.</translation>
        </message>
    </context>
    <context>
        <name>gui::SettingsForm</name>
        <message>
            <source>Server name</source>
            <translation>Name des Servers</translation>
        </message>
        <message>
            <source>As in its DNS entry and certificate. Other servers see it.</source>
            <translation>Wie im DNS und im Zertifikat. Andere Server sehen ihn.</translation>
        </message>
        <message>
            <source>Largest message</source>
            <translation>Größte Nachricht</translation>
        </message>
        <message>
            <source>What is larger is turned away, incoming and outgoing.</source>
            <translation>Was größer ist, wird abgewiesen, eingehend wie ausgehend.</translation>
        </message>
        <message>
            <source>Most recipients</source>
            <translation>Meiste Empfänger</translation>
        </message>
        <message>
            <source>So many people one message may be addressed to.</source>
            <translation>An so viele darf eine Nachricht gehen.</translation>
        </message>
        <message>
            <source>Storage for each person</source>
            <translation>Speicher für jede Person</translation>
        </message>
        <message>
            <source>Unless another amount is set for somebody. 0: no limit.</source>
            <translation>Wenn für jemanden nichts anderes gesetzt ist. 0: keine Grenze.</translation>
        </message>
        <message>
            <source>Connections from one address</source>
            <translation>Verbindungen von einer Adresse</translation>
        </message>
        <message>
            <source>More at the same time are turned away.</source>
            <translation>Mehr gleichzeitig werden abgewiesen.</translation>
        </message>
        <message>
            <source>Messages over one connection</source>
            <translation>Nachrichten über eine Verbindung</translation>
        </message>
        <message>
            <source>Another server that has more connects again.</source>
            <translation>Ein anderer Server, der mehr hat, verbindet sich neu.</translation>
        </message>
        <message>
            <source>Take mail of simple devices</source>
            <translation>Post einfacher Geräte annehmen</translation>
        </message>
        <message>
            <source>Scanners and printers often end lines in the wrong way.</source>
            <translation>Scanner und Drucker beenden Zeilen oft falsch.</translation>
        </message>
        <message>
            <source>Messages a person may send a day</source>
            <translation>Nachrichten, die jemand am Tag senden darf</translation>
        </message>
        <message>
            <source>One for each recipient. Stops who found out a password.</source>
            <translation>Jeder Empfänger zählt. Bremst, wer ein Passwort herausgefunden hat.</translation>
        </message>
        <message>
            <source>New recipients a day</source>
            <translation>Neue Empfänger am Tag</translation>
        </message>
        <message>
            <source>So many people somebody may write to for the first time.</source>
            <translation>So vielen darf jemand zum ersten Mal schreiben.</translation>
        </message>
        <message>
            <source>New connections in a minute</source>
            <translation>Neue Verbindungen in einer Minute</translation>
        </message>
        <message>
            <source>From one address. Who comes more often has to wait.</source>
            <translation>Von einer Adresse. Wer öfter kommt, muss warten.</translation>
        </message>
        <message>
            <source>Old sign-in method CRAM-MD5</source>
            <translation>Altes Anmeldeverfahren CRAM-MD5</translation>
        </message>
        <message>
            <source>Only for mail apps that know nothing better. Set passwords anew.</source>
            <translation>Nur für Mailprogramme, die nichts Besseres kennen. Kennwörter neu setzen.</translation>
        </message>
        <message>
            <source>Refuse unknown keys</source>
            <translation>Unbekannte Schlüssel abweisen</translation>
        </message>
        <message>
            <source>A device with a key of nobody is turned away.</source>
            <translation>Ein Gerät mit einem Schlüssel, der niemandem gehört, wird abgewiesen.</translation>
        </message>
        <message>
            <source>Keep traces for</source>
            <translation>Spuren aufheben für</translation>
        </message>
        <message>
            <source>So long you can find out what happened to a message.</source>
            <translation>So lange lässt sich herausfinden, was mit einer Nachricht geschah.</translation>
        </message>
        <message>
            <source>Speaks</source>
            <translation>Spricht</translation>
        </message>
        <message>
            <source>Network address</source>
            <translation>Netzwerkadresse</translation>
        </message>
        <message>
            <source>Empty: all of this machine.</source>
            <translation>Leer: alle dieses Rechners.</translation>
        </message>
        <message>
            <source>Port</source>
            <translation>Port</translation>
        </message>
        <message>
            <source>Encryption</source>
            <translation>Verschlüsselung</translation>
        </message>
        <message>
            <source>Implicit: from the first byte.</source>
            <translation>Implicit: vom ersten Byte an.</translation>
        </message>
        <message>
            <source>Oldest TLS version</source>
            <translation>Älteste TLS-Version</translation>
        </message>
        <message>
            <source>Certificates</source>
            <translation>Zertifikate</translation>
        </message>
        <message>
            <source>Empty: all of this server.</source>
            <translation>Leer: alle dieses Servers.</translation>
        </message>
        <message>
            <source>Resume encrypted connections</source>
            <translation>Verschlüsselte Verbindungen wieder aufnehmen</translation>
        </message>
        <message>
            <source>Devices connect faster with session tickets.</source>
            <translation>Mit Tickets verbinden sich Geräte schneller.</translation>
        </message>
        <message>
            <source>Sign in with a key</source>
            <translation>Mit einem Schlüssel anmelden</translation>
        </message>
        <message>
            <source>Devices may use their key instead of a password.</source>
            <translation>Geräte dürfen ihren Schlüssel statt eines Passworts benutzen.</translation>
        </message>
        <message>
            <source>Refuse unknown names</source>
            <translation>Unbekannte Namen abweisen</translation>
        </message>
        <message>
            <source>Only who asks for a name of ours gets an encrypted connection.</source>
            <translation>Nur wer einen unserer Namen nennt, bekommt eine verschlüsselte Verbindung.</translation>
        </message>
        <message>
            <source>Mail on this port too</source>
            <translation>Auch Post an diesem Port</translation>
        </message>
        <message>
            <source>For networks that let nothing but the web through.</source>
            <translation>Für Netze, die nur das Web durchlassen.</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Offen</translation>
        </message>
        <message>
            <source>a size is a number with a unit, such as 25 MB</source>
            <translation>eine Größe ist eine Zahl mit Einheit, etwa 25 MB</translation>
        </message>
        <message>
            <source>must be a whole number</source>
            <translation>muss eine ganze Zahl sein</translation>
        </message>
        <message>
            <source>a time is a number with a unit, such as 90 d, 4 h or 30 min</source>
            <translation>eine Dauer ist eine Zahl mit Einheit, etwa 90 d, 4 h oder 30 min</translation>
        </message>
        <message>
            <source>Messages for each person</source>
            <translation>Nachrichten für jede Person</translation>
        </message>
        <message>
            <source>Unless another number is set for somebody. 0: no limit.</source>
            <translation>Wenn für jemanden keine andere Zahl gesetzt ist. 0: keine Grenze.</translation>
        </message>
        <message>
            <source>DNS servers to ask</source>
            <translation>DNS-Server, die gefragt werden</translation>
        </message>
        <message>
            <source>Addresses with commas between them. Empty: those of this machine.</source>
            <translation>Adressen, durch Kommas getrennt. Leer: die dieses Rechners.</translation>
        </message>
        <message>
            <source>DNSSEC trust anchors</source>
            <translation>DNSSEC-Vertrauensanker</translation>
        </message>
        <message>
            <source>A file on the server. Empty: those of the root.</source>
            <translation>Eine Datei auf dem Server. Leer: die der Wurzel.</translation>
        </message>
    </context>
    <context>
        <name>gui::Words</name>
        <message>
            <source>%1, no limit</source>
            <translation>%1, keine Grenze</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 von %2</translation>
        </message>
        <message>
            <source>never</source>
            <translation>nie</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>eben</translation>
        </message>
        <message numerus="yes">
            <source>%n min ago</source>
            <translation>
                <numerusform>vor %n Min.</numerusform>
                <numerusform>vor %n Min.</numerusform>
            </translation>
        </message>
        <message>
            <source>today %1</source>
            <translation>heute %1</translation>
        </message>
        <message>
            <source>yesterday %1</source>
            <translation>gestern %1</translation>
        </message>
        <message numerus="yes">
            <source>%n day(s) ago</source>
            <translation>
                <numerusform>vor %n Tag</numerusform>
                <numerusform>vor %n Tagen</numerusform>
            </translation>
        </message>
        <message>
            <source>now</source>
            <translation>jetzt</translation>
        </message>
        <message numerus="yes">
            <source>in %n min</source>
            <translation>
                <numerusform>in %n Min.</numerusform>
                <numerusform>in %n Min.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Running for %n day(s)</source>
            <translation>
                <numerusform>Läuft seit %n Tag</numerusform>
                <numerusform>Läuft seit %n Tagen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Running for %n hour(s)</source>
            <translation>
                <numerusform>Läuft seit %n Stunde</numerusform>
                <numerusform>Läuft seit %n Stunden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Running for %n minute(s)</source>
            <translation>
                <numerusform>Läuft seit %n Minute</numerusform>
                <numerusform>Läuft seit %n Minuten</numerusform>
            </translation>
        </message>
        <message>
            <source>Just started</source>
            <translation>Eben gestartet</translation>
        </message>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n Tag</numerusform>
                <numerusform>%n Tage</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s)</source>
            <translation>
                <numerusform>%n Stunde</numerusform>
                <numerusform>%n Stunden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n Minute</numerusform>
                <numerusform>%n Minuten</numerusform>
            </translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
    </context>
</TS>
