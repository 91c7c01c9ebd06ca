using SpeechEmotion.Corpora.Naming;

namespace SpeechEmotion.Tests.Corpora.Naming;

/// <summary>Expected values from the Unicode Character Database, version 14.</summary>
internal sealed class NormalFormTests
{
    [TestCase("plain", "plain")]
    [TestCase("e\u0301", "\u00e9")]
    [TestCase("u\u0308bung", "\u00fcbung")]
    [TestCase("e\u0323\u0302", "\u1ec7")] // Vietnamese ệ
    [TestCase("\u00ea\u0301", "\u1ebf")]
    [TestCase("\u0438\u0306", "\u0439")] // Cyrillic й
    [TestCase("\u03b1\u0301", "\u03ac")] // Greek ά
    [TestCase("\u304b\u3099", "\u304c")] // Japanese が
    [TestCase("\u1112\u1161\u11ab\u1100\u1173\u11af", "\ud55c\uae00")] // Korean 한글
    [TestCase("\uac00\u11a8", "\uac01")]
    [TestCase("\u09df", "\u09af\u09bc")] // Bengali য়, which has no composed form
    [TestCase("\u09c7\u09be", "\u09cb")]
    [TestCase("\u212b", "\u00c5")] // the sign of the ångström
    [TestCase("x\u0301", "x\u0301")]
    [TestCase("\ud800e\u0301", "\ud800\u00e9")] // half of a surrogate pair, as file names can contain
    public void Compose_Text_IsInComposedForm(string text, string expected) =>
        Assert.That(NormalForm.Compose(text), Is.EqualTo(expected));
}
