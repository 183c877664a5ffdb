// What every unit test includes. POSTROOM_TEST(Class) registers a QtTest class with the folder's test program.
#pragma once

#include <QObject>
#include <QtTest/QtTest>

namespace test {

using Factory = QObject *(*)();
void registerTest(const char *name, Factory factory);

struct Registration
{
    Registration(const char *name, Factory factory) { registerTest(name, factory); }
};

template<class Class>
QObject *make()
{
    return new Class;
}

} // namespace test

#define POSTROOM_TEST(Class) static const ::test::Registration registration_##Class(#Class, &::test::make<Class>);
