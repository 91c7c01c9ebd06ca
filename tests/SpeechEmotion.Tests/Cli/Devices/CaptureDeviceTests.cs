using SpeechEmotion.Cli.Devices;

namespace SpeechEmotion.Tests.Cli.Devices;

/// <summary>What ffmpeg prints of each system's devices, as its sources lay it out, and as far back as version 4.</summary>
public class CaptureDeviceTests
{
    [Test]
    public void FromSources_PulseAudio_TakesTheDefaultFirst() =>
        AssertDevices(CaptureDevice.FromSources("""
            Auto-detected sources for pulse:
              alsa_output.pci-0000_00_1f.3.analog-stereo.monitor [Monitor of Built-in Audio [Analog] (Stereo)] (none)
            * alsa_input.usb-Blue_Yeti-00.analog-stereo [Yeti Stereo Microphone] (none)
              bluez_input.00_11_22_33_44_55.0 [Björks Kopfhörer] (audio)

            """, ""),
            ("alsa_input.usb-Blue_Yeti-00.analog-stereo", "Yeti Stereo Microphone"),
            ("alsa_output.pci-0000_00_1f.3.analog-stereo.monitor", "Monitor of Built-in Audio [Analog] (Stereo)"),
            ("bluez_input.00_11_22_33_44_55.0", "Björks Kopfhörer"));

    [Test]
    public void FromSources_OldFfmpeg_DoesWithoutTypes() =>
        AssertDevices(CaptureDevice.FromSources("""
            Auto-detected sources for pulse:
              loudspeaker.monitor [Monitor of Null Output]
            * mic.array [Array (4 channels)]
            """, ""), ("mic.array", "Array (4 channels)"), ("loudspeaker.monitor", "Monitor of Null Output"));

    [Test]
    public void FromSources_Alsa_NamesCardsAlone()
    {
        IReadOnlyList<CaptureDevice> devices = CaptureDevice.FromSources("""
            Auto-detected sources for alsa:
              null [Discard all samples (playback) or generate zero samples (capture)] (none)
              samplerate [Rate Converter Plugin Using Samplerate Library] (none)
            * default [Default ALSA Output (currently PulseAudio Sound Server)] (none)
              hw:CARD=PCH,DEV=0 [Direct hardware device without any conversions] (none)
              sysdefault:CARD=Device [Default Audio Device] (none)
            """, "alsa:");
        Assert.That(devices, Has.Count.EqualTo(5));
        AssertDevices([.. devices.Where(device => CaptureDevice.IsAlsaCapture(device.Name["alsa:".Length..]))],
            ("alsa:default", "Default ALSA Output (currently PulseAudio Sound Server)"),
            ("alsa:hw:CARD=PCH,DEV=0", "Direct hardware device without any conversions"),
            ("alsa:sysdefault:CARD=Device", "Default Audio Device"));
    }

    [TestCase("")]
    [TestCase("Auto-detected sources for pulse:\nCannot list sources: Function not implemented\n")]
    [TestCase("Auto-detected sources for alsa:\nCannot list sources: Cannot allocate memory")]
    public void FromSources_NoDevices_IsEmpty(string text) => Assert.That(CaptureDevice.FromSources(text, ""), Is.Empty);

    [Test]
    public void FromAvFoundation_MacOS_LeavesCamerasOut() =>
        AssertDevices(CaptureDevice.FromAvFoundation("""
            [AVFoundation indev @ 0x7f9b8b604c40] AVFoundation video devices:
            [AVFoundation indev @ 0x7f9b8b604c40] [0] FaceTime HD Camera
            [AVFoundation indev @ 0x7f9b8b604c40] [1] Capture screen 0
            [AVFoundation indev @ 0x7f9b8b604c40] AVFoundation audio devices:
            [AVFoundation indev @ 0x7f9b8b604c40] [0] MacBook Pro Microphone
            [AVFoundation indev @ 0x7f9b8b604c40] [1] Anna's AirPods [2]
            : Input/output error
            """), ("0", "MacBook Pro Microphone"), ("1", "Anna's AirPods [2]"));

    [Test]
    public void FromAvFoundation_CamerasAlone_IsEmpty() =>
        Assert.That(
            CaptureDevice.FromAvFoundation(
                "[AVFoundation indev @ 0x1] AVFoundation video devices:\n[AVFoundation indev @ 0x1] [0] Camera\n"),
            Is.Empty);

    [Test]
    public void FromDirectShow_Windows_LeavesCamerasAndSecondNamesOut() =>
        AssertDevices(CaptureDevice.FromDirectShow("""
            [dshow @ 000001c5f0a1e540] "Integrated Webcam" (video)
            [dshow @ 000001c5f0a1e540]   Alternative name "@device_pnp_\\?\usb#vid_0bda&pid_5538#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\gl"
            [dshow @ 000001c5f0a1e540] "Microphone (Realtek(R) Audio)" (audio)
            [dshow @ 000001c5f0a1e540]   Alternative name "@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\wave_{8B5C}"
            [dshow @ 000001c5f0a1e540] "Capture card" (audio, video)
            [dshow @ 000001c5f0a1e540]   Alternative name "@device_pnp_\\?\pci#ven_1131"
            [dshow @ 000001c5f0a1e540] "TV tuner" (video, audio)
            [dshow @ 000001c5f0a1e540] "Nothing at all" (none)
            dummy: Immediate exit requested
            """), ("Microphone (Realtek(R) Audio)", ""), ("Capture card", ""), ("TV tuner", ""));

    [Test]
    public void FromDirectShow_OldFfmpeg_ReadsBelowTheHeading() =>
        AssertDevices(CaptureDevice.FromDirectShow("""
            [dshow @ 0000021d] DirectShow video devices (some may be both video and audio devices)
            [dshow @ 0000021d]  "Integrated Camera"
            [dshow @ 0000021d]     Alternative name "@device_pnp_\\?\usb#vid_04f2"
            [dshow @ 0000021d] DirectShow audio devices
            [dshow @ 0000021d]  "Mikrofon (Hörbar)"
            [dshow @ 0000021d]     Alternative name "@device_cm_{33D9A762}\Mikrofon"
            dummy: Immediate exit requested
            """), ("Mikrofon (Hörbar)", ""));

    private static void AssertDevices(IReadOnlyList<CaptureDevice> devices, params (string Name, string Description)[] expected) =>
        Assert.That(devices.Select(device => (device.Name, device.Description)), Is.EqualTo(expected));
}
