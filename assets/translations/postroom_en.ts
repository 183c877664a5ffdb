<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
    <context>
        <name>AboutCard</name>
        <message numerus="yes">
            <source>All %n record(s) are in order.</source>
            <translation>
                <numerusform>%n record is in order.</numerusform>
                <numerusform>All %n records are in order.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n problem(s) found. The server’s log names them.</source>
            <translation>
                <numerusform>%n problem found. The server’s log names it.</numerusform>
                <numerusform>%n problems found. The server’s log names them.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AliasDetails</name>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AliasTable</name>
        <message numerus="yes">
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CertificatesCard</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>%n day left</numerusform>
                <numerusform>%n days left</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MailFlowPage</name>
        <message numerus="yes">
            <source>%Ln message(s) wait(s).</source>
            <translation>
                <numerusform>%Ln message waits.</numerusform>
                <numerusform>%Ln messages wait.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n need(s) you.</source>
            <translation>
                <numerusform>%n needs you.</numerusform>
                <numerusform>%n need you.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MailboxMeter</name>
        <message numerus="yes">
            <source>%n message(s)</source>
            <translation>
                <numerusform>%n message</numerusform>
                <numerusform>%n messages</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PeoplePage</name>
        <message numerus="yes">
            <source>%n person(s)</source>
            <translation>
                <numerusform>%n person</numerusform>
                <numerusform>%n people</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n device(s)</source>
            <translation>
                <numerusform>%n device</numerusform>
                <numerusform>%n devices</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>QueueActions</name>
        <message numerus="yes">
            <source>%n message(s) is/are tried now.</source>
            <translation>
                <numerusform>%n message is tried now.</numerusform>
                <numerusform>%n messages are tried now.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) is/are on hold.</source>
            <translation>
                <numerusform>%n message is on hold.</numerusform>
                <numerusform>%n messages are on hold.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) is/are released.</source>
            <translation>
                <numerusform>%n message is released.</numerusform>
                <numerusform>%n messages are released.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) only go(es) over a verified connection.</source>
            <translation>
                <numerusform>%n message only goes over a verified connection.</numerusform>
                <numerusform>%n messages only go over a verified connection.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Give up %n message(s)?</source>
            <translation>
                <numerusform>Give up %n message?</numerusform>
                <numerusform>Give up %n messages?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) given up; the sender is told.</source>
            <translation>
                <numerusform>%n message given up; the sender is told.</numerusform>
                <numerusform>%n messages given up; the senders are told.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Drop %n message(s)?</source>
            <translation>
                <numerusform>Drop %n message?</numerusform>
                <numerusform>Drop %n messages?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) dropped.</source>
            <translation>
                <numerusform>%n message dropped.</numerusform>
                <numerusform>%n messages dropped.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>QueueBar</name>
        <message numerus="yes">
            <source>%n selected</source>
            <translation>
                <numerusform>%n selected</numerusform>
                <numerusform>%n selected</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln message(s)</source>
            <translation>
                <numerusform>%Ln message</numerusform>
                <numerusform>%Ln messages</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>QueueTab</name>
        <message numerus="yes">
            <source>%n try/tries</source>
            <translation>
                <numerusform>%n try</numerusform>
                <numerusform>%n tries</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReachStep</name>
        <message numerus="yes">
            <source>%n port(s) could not be opened</source>
            <translation>
                <numerusform>%n port could not be opened</numerusform>
                <numerusform>%n ports could not be opened</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RulesTab</name>
        <message numerus="yes">
            <source>holds %n message(s) now</source>
            <translation>
                <numerusform>holds %n message now</numerusform>
                <numerusform>holds %n messages now</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The rule is saved and holds %n message(s).</source>
            <translation>
                <numerusform>The rule is saved and holds %n message.</numerusform>
                <numerusform>The rule is saved and holds %n messages.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SecurityPage</name>
        <message numerus="yes">
            <source>%n kind(s) of sign-in did not work.</source>
            <translation>
                <numerusform>%n kind of sign-in did not work.</numerusform>
                <numerusform>%n kinds of sign-in did not work.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SentTab</name>
        <message numerus="yes">
            <source>Handed over after %n try/tries</source>
            <translation>
                <numerusform>Handed over after %n try</numerusform>
                <numerusform>Handed over after %n tries</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TracePage</name>
        <message numerus="yes">
            <source>%n found</source>
            <translation>
                <numerusform>%n found</numerusform>
                <numerusform>%n found</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>gui::Health</name>
        <message numerus="yes">
            <source>The server met %n error(s) of its own</source>
            <translation>
                <numerusform>The server met an error of its own</numerusform>
                <numerusform>The server met %n errors of its own</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Mail is flowing. %n thing(s) need(s) you.</source>
            <translation>
                <numerusform>Mail is flowing. One thing needs you.</numerusform>
                <numerusform>Mail is flowing. %n things need you.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The certificate of %1 ends in %n day(s)</source>
            <translation>
                <numerusform>The certificate of %1 ends in %n day</numerusform>
                <numerusform>The certificate of %1 ends in %n days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>gui::Monitor</name>
        <message numerus="yes">
            <source>Waiting: %n</source>
            <translation>
                <numerusform>Waiting: %n</numerusform>
                <numerusform>Waiting: %n</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) cannot be delivered for hours</source>
            <translation>
                <numerusform>%n message cannot be delivered for hours</numerusform>
                <numerusform>%n messages cannot be delivered for hours</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>gui::Words</name>
        <message numerus="yes">
            <source>%n min ago</source>
            <translation>
                <numerusform>%n min ago</numerusform>
                <numerusform>%n min ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s) ago</source>
            <translation>
                <numerusform>%n day ago</numerusform>
                <numerusform>%n days ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>in %n min</source>
            <translation>
                <numerusform>in %n min</numerusform>
                <numerusform>in %n min</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Running for %n day(s)</source>
            <translation>
                <numerusform>Running for %n day</numerusform>
                <numerusform>Running for %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Running for %n hour(s)</source>
            <translation>
                <numerusform>Running for %n hour</numerusform>
                <numerusform>Running for %n hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Running for %n minute(s)</source>
            <translation>
                <numerusform>Running for %n minute</numerusform>
                <numerusform>Running for %n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s)</source>
            <translation>
                <numerusform>%n hour</numerusform>
                <numerusform>%n hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
    </context>
</TS>
