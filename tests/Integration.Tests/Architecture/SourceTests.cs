namespace AiApp.Integration.Tests.Architecture;

public sealed class SourceTests
{
    private const int MaxLines = 400;
    private const int MaxProgramLines = 40;

    [Fact]
    public void Conditional_compilation_stays_in_the_stand_ins()
    {
        var conditional = Repository.Files("*.cs")
            .Where(path => !Repository.Relative(path).StartsWith("Polyfills/", StringComparison.Ordinal))
            .Where(path => File.ReadLines(path).Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal)));

        Assert.Empty(conditional.Select(Repository.Relative));
    }

    [Fact]
    public void A_program_fits_on_a_screen() =>
        Assert.Empty(Repository.Files("Program.cs").Where(path => File.ReadLines(path).Count() > MaxProgramLines).Select(Repository.Relative));

    [Fact]
    public void No_file_is_longer_than_anybody_reads() =>
        Assert.Empty(Repository.Files("*.cs").Where(path => File.ReadLines(path).Count() > MaxLines).Select(Repository.Relative));
}
