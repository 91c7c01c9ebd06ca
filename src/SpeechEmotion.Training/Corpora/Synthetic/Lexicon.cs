namespace SpeechEmotion.Corpora.Synthetic;

/// <summary>A word or phrase with its pronunciation.</summary>
/// <param name="Text">Spelling.</param>
/// <param name="Sounds">One symbol per sound (<see cref="Phone"/>), with an apostrophe before stressed vowels.</param>
internal sealed record Entry(string Text, string Sounds);

/// <summary>The texts of the synthetic corpus: a carrier phrase, then the word that identifies the utterance.</summary>
internal static class Lexicon
{
    /// <summary>Words of two to four syllables.</summary>
    public static IReadOnlyList<Entry> Words { get; } =
    [
        new("avenue", "'&v@nu"), new("avocado", "&v@k'Ado"), new("banana", "b@n'An@"), new("butterfly", "b'Vt3fla"),
        new("city", "s'Iti"), new("coffee", "k'Ofi"), new("dandelion", "d'&nd@la@n"), new("elevator", "'El@vet3"),
        new("family", "f'&m@li"), new("garden", "g'Ard@n"), new("gorilla", "g@r'Il@"), new("harmony", "h'Arm@ni"),
        new("honey", "h'Vni"), new("kitchen", "k'ItS@n"), new("lemonade", "lEm@n'ed"), new("macaroni", "m&k@r'oni"),
        new("melody", "m'El@di"), new("music", "mj'uzIk"), new("potato", "p@t'eto"), new("shadow", "S'&do"),
        new("sister", "s'Ist3"), new("television", "t'El@vIZ@n"), new("tomato", "t@m'eto"), new("window", "w'Indo"),
    ];

    /// <summary>
    /// Carrier phrases of one to eleven syllables. Fast speech gets a longer carrier, so that the duration of a recording does not depend
    /// on the tempo and therefore not on the emotion.
    /// </summary>
    public static IReadOnlyList<Entry> Carriers { get; } =
    [
        new("the", "D@"),
        new("say", "s'e"),
        new("say the", "s'eD@"),
        new("a little", "@l'Itl@"),
        new("now say the", "n'Ws'eD@"),
        new("he said the word", "his'EdD@w'3d"),
        new("I will say the word", "awIls'eD@w'3d"),
        new("now you will say the word", "n'WjuwIls'eD@w'3d"),
        new("this is only about the", "DIsIz'onli@b'WtD@"),
        new("and then we were told of the", "&ndD'EnwiwE3t'oldVvD@"),
        new("yesterday they told me about the", "j'Est3deDet'oldmi@b'WtD@"),
        new("nobody ever told us about the", "n'ob@di'Ev3t'oldVs@b'WtD@"),
        new("nobody knew anything about any", "n'ob@din'u'EniTIN@b'Wt'Eni"),
    ];
}
