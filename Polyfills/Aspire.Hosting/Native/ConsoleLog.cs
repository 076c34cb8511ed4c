namespace Aspire.Hosting.Native;

/// <summary>Lines of every process on one terminal, each with the name of who wrote it.</summary>
internal class ConsoleLog
{
    private const string Own = "aiapp";
    private static readonly int[] Colours = [36, 33, 35, 32, 34, 96, 93, 95];
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> colourOf = new(StringComparer.Ordinal);
    private readonly bool coloured = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public void Say(string text) => Line(Own, text);

    public virtual void Line(string name, string text)
    {
        lock (gate)
        {
            try
            {
                Console.Out.WriteLine(coloured ? $"\e[{ColourOf(name)}m{name,-9} |\e[0m {text}" : $"{name,-9} | {text}");
            }
            catch (IOException)
            {
                // The terminal is gone (SIGHUP); stopping the children matters more than saying so.
            }
        }
    }

    private int ColourOf(string name)
    {
        if (name == Own)
        {
            return 1;
        }

        if (!colourOf.TryGetValue(name, out var colour))
        {
            colourOf[name] = colour = Colours[colourOf.Count % Colours.Length];
        }

        return colour;
    }
}
