<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>PeoplePage</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gui::Health</name>
    <message numerus="yes">
        <source>The server met %n error(s) of its own</source>
        <translation>
            <numerusform>The server met %n error of its own</numerusform>
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
</context>
</TS>
