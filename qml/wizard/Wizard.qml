// From nothing to a first received message: two panes, why at the left, what is asked at the right. Each step can be left and
// taken up again: where it stands is kept with the window's preferences.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Postroom
import Postroom.Daemon

FocusScope {
    id: wizard

    property bool stale: false
    property int step: 0
    property string domain
    property string personName
    property string part
    property string address
    property string secret // the first person's password, shown once
    property var dns: []
    readonly property bool slim: width < 860 * Theme.textScale
    readonly property bool devices: Daemon.can("devices.list")
    readonly property var names: ["start", "domain", "person", "reach", "dns", "certificate", "device", "proof"]
    readonly property string now: names[step]
    signal begun
    signal finished(page: string)

    function go(to: int): void {
        step = to
        if (to > 0)
            begun()
        remember()
    }
    function remember(): void {
        Preferences.wizard = step === 0 ? {} : { "step": step, "domain": domain, "personName": personName, "part": part, "address": address, "dns": dns }
    }
    function end(page: string): void {
        Preferences.wizard = {}
        finished(page)
    }

    Component.onCompleted: {
        const kept = Preferences.wizard
        for (const name of ["domain", "personName", "part", "address", "dns"])
            wizard[name] = kept[name] ?? wizard[name]
        step = kept.step ?? 0
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }
    Rectangle {
        id: head

        width: parent.width
        height: Math.round(64 * Theme.textScale)
        color: Theme.surface

        BodyText {
            anchors.left: parent.left
            anchors.leftMargin: wizard.slim ? 16 : 32
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Set up Postroom")
            font.pixelSize: Theme.section
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Stepper {
            anchors.right: parent.right
            anchors.rightMargin: wizard.slim ? 16 : 32
            anchors.verticalCenter: parent.verticalCenter
            brief: parent.width < 1040 * Theme.textScale
            current: wizard.step
            steps: [qsTr("Start"), qsTr("Domain"), qsTr("First person"), qsTr("Reach"), qsTr("DNS"), qsTr("Certificate"), qsTr("First device"), qsTr("Proof")]
        }
        Divider {
            anchors.bottom: parent.bottom
            width: parent.width
        }
    }
    WizardWhy {
        id: why

        visible: !wizard.slim
        anchors.left: parent.left
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        width: visible ? Math.round(364 * Theme.textScale) : 0
        step: wizard.now
    }
    StaleBanner {
        id: banner

        visible: wizard.stale
        anchors.left: why.right
        anchors.right: parent.right
        anchors.top: head.bottom
        anchors.margins: 16
    }
    Loader {
        anchors.left: why.right
        anchors.right: parent.right
        anchors.top: banner.visible ? banner.bottom : head.bottom
        anchors.bottom: parent.bottom
        anchors.margins: wizard.slim ? 16 : 32
        focus: true
        enabled: !wizard.stale
        sourceComponent: ({ "start": start, "domain": domain_, "person": person, "reach": reach, "dns": dns, "certificate": certificate, "device": device, "proof": proof })[wizard.now]
    }
    Component {
        id: start

        StartStep {
            onNext: wizard.go(1)
        }
    }
    Component {
        id: domain_

        DomainStep {
            domain: wizard.domain
            onBack: wizard.go(0)
            onNext: domain => {
                wizard.domain = domain
                wizard.go(2)
            }
        }
    }
    Component {
        id: person

        PersonStep {
            domain: wizard.domain
            personName: wizard.personName
            onBack: wizard.go(1)
            onDone: (name, part, result) => {
                wizard.personName = name
                wizard.part = part
                wizard.address = result.address
                wizard.secret = result.generatedPassword
                wizard.dns = result.dns
                wizard.go(3)
            }
        }
    }
    Component {
        id: reach

        ReachStep {
            onNext: wizard.go(4)
        }
    }
    Component {
        id: certificate

        CertificateStep {
            onBack: wizard.go(4)
            onNext: wizard.go(6)
        }
    }
    Component {
        id: dns

        DnsStep {
            domain: wizard.domain
            records: wizard.dns
            onBack: wizard.go(3)
            onNext: wizard.go(5)
        }
    }
    Component {
        id: device

        DeviceStep {
            account: wizard.address
            whose: wizard.personName
            secret: wizard.secret
            devices: wizard.devices
            onBack: wizard.go(5)
            onNext: wizard.go(7)
        }
    }
    Component {
        id: proof

        ProofStep {
            address: wizard.address
            whose: wizard.personName
            onFinished: wizard.end("overview")
        }
    }
}
