// The namespaces of a small library with two rooms, of which Upstream must not know Downstream. RoomOrderTests must find each fault.
#pragma warning disable CA1812, CA1823, CS0169, CS0649, IDE0051, IDE0052
namespace RoomSamples.Downstream
{
    internal sealed class Screen
    {
        public const int Width = 80;

        public static int Height => 24;

        // The permitted direction, which makes the two rooms use each other.
        public static Upstream.Clean? Source => null;
    }

    [AttributeUsage(AttributeTargets.All)]
    internal sealed class ShownOnAttribute : Attribute;
}

namespace RoomSamples.Upstream
{
    internal sealed class Clean
    {
        public List<int> Values { get; } = [];
    }

    internal sealed class ByField
    {
        private readonly global::RoomSamples.Downstream.Screen? screen;
    }

    internal sealed class ByBody
    {
        public static int Read() => RoomSamples.Downstream.Screen.Height;
    }

    internal sealed class ByLambda
    {
        public static Func<int, int> Read() => x => x + RoomSamples.Downstream.Screen.Height;
    }

    internal sealed class ByGenericArgument
    {
        public static object Read() => new List<RoomSamples.Downstream.Screen>();
    }

    internal sealed class ByRelativeName
    {
        public static bool Read(object value) => value is Downstream.Screen;
    }

    [Downstream.ShownOn]
    internal sealed class ByAttribute;

    [System.Diagnostics.DebuggerTypeProxy(typeof(Downstream.Screen))]
    internal sealed class ByAttributeArgument;

    internal sealed class ByConstant
    {
        public static int Read() => Downstream.Screen.Width;
    }
}

namespace RoomSamples.Cellar
{
    internal sealed class Stray;
}

namespace RoomSamples
{
    internal sealed class AtTheRoot
    {
        public Upstream.Clean? Clean { get; }
    }
}
