namespace SpeechEmotion.Tests.Architecture;

/// <summary>
/// The library's rooms in the order of the stream: a type may refer to types of its own room and of rooms upstream (left). A room is
/// the second part of a namespace; types of the root namespace belong to no room, may be used by all and may use no room.
/// </summary>
/// <remarks>
/// References are read from the built assemblies, so that it does not matter how the source writes them. Constants are the exception:
/// the compiler inlines their values, and <see cref="TypeReferences"/> cannot see them.
/// </remarks>
internal sealed class RoomOrder
{
    /// <summary>The assemblies of the library, each with its folder below <c>src</c> and its rooms, upstream first.</summary>
    public static readonly (string Project, string[] Rooms)[] Projects =
    [
        ("SpeechEmotion", ["Settings", "Audio", "Vad", "Features", "Adaptation", "Inference", "Streaming", "Live"]),
        ("SpeechEmotion.Training", ["Models", "Corpora", "Evaluation", "Augmentation", "Training", "Reports", "Pipeline"]),
    ];

    /// <summary>The root namespace of all assemblies of the library.</summary>
    public const string Root = "SpeechEmotion";

    private readonly string root;
    private readonly string[] rooms;
    private readonly HashSet<TypeName> types = [];
    private readonly List<TypeReferenceFound> references = [];

    /// <param name="root">The root namespace.</param>
    /// <param name="rooms">All rooms, upstream first.</param>
    /// <param name="assemblies">Paths of the built assemblies.</param>
    public RoomOrder(string root, string[] rooms, params string[] assemblies)
    {
        (this.root, this.rooms) = (root, rooms);
        foreach (string assembly in assemblies)
        {
            (IReadOnlySet<TypeName> defined, IReadOnlyCollection<TypeReferenceFound> found) = TypeReferences.Read(assembly);
            types.UnionWith(defined.Where(IsOwn));
            references.AddRange(found.Where(reference => IsOwn(reference.From) && IsOwn(reference.To)));
        }
    }

    /// <summary>The rooms that hold a type.</summary>
    public IEnumerable<string> OccupiedRooms => types.Select(RoomOf).Where(room => room.Length > 0).Distinct();

    /// <summary>Everything that breaks the order, in a sentence each.</summary>
    public IEnumerable<string> Faults() => [.. NamespaceFaults(), .. DownstreamFaults(), .. MutualFaults()];

    /// <summary>Types in a namespace that is no room.</summary>
    public IEnumerable<string> NamespaceFaults() =>
        types.Where(type => RoomOf(type).Length > 0 && !rooms.Contains(RoomOf(type)))
            .Select(type => $"{type}: {root}.{RoomOf(type)} is no room of the library").Order(StringComparer.Ordinal);

    /// <summary>References to a room downstream.</summary>
    public IEnumerable<string> DownstreamFaults() =>
        references.Where(reference => RankOf(reference.To) > RankOf(reference.From))
            .Select(reference => $"{reference.From} ({reference.Place}) refers to {reference.To}: "
                + $"{NameOf(reference.From)} may not use {RoomOf(reference.To)}, which is downstream").Order(StringComparer.Ordinal);

    /// <summary>Pairs of rooms that use each other, with one reference in each direction.</summary>
    public IEnumerable<string> MutualFaults()
    {
        Dictionary<(string, string), TypeReferenceFound> uses = [];
        foreach (TypeReferenceFound reference in references)
            uses.TryAdd((RoomOf(reference.From), RoomOf(reference.To)), reference);
        foreach (((string first, string second), TypeReferenceFound forth) in uses)
            if (string.CompareOrdinal(first, second) < 0 && uses.TryGetValue((second, first), out TypeReferenceFound? back))
                yield return $"{NameOf(forth.From)} and {NameOf(back.From)} use each other: "
                    + $"{forth.From} ({forth.Place}) refers to {forth.To}, and {back.From} ({back.Place}) refers to {back.To}";
    }

    private bool IsOwn(TypeName type) => type.Namespace == root || type.Namespace.StartsWith(root + ".", StringComparison.Ordinal);

    private string RoomOf(TypeName type) => type.Namespace == root ? "" : type.Namespace[(root.Length + 1)..].Split('.')[0];

    private string NameOf(TypeName type) => RoomOf(type) is { Length: > 0 } room ? room : "the root";

    private int RankOf(TypeName type) => Array.IndexOf(rooms, RoomOf(type));
}
