using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using AiApp.Rag.Gateway.Usage.Tokens;

namespace AiApp.Rag.Models;

/// <summary>A tokenizer whose published rank file the deployer supplies.</summary>
public sealed partial class TokenizerOptions
{
    /// <summary>A file in the format of tiktoken: on each line a token's bytes in Base64, a blank, and its rank.</summary>
    public string RanksFile { get; set; } = "";

    /// <summary>By what a text is split before: o200k_base, cl100k_base, p50k_base, r50k_base.</summary>
    public string Pattern { get; set; } = "";

    /// <summary>That the file must have, when given.</summary>
    public string Sha256 { get; set; } = "";

    internal IEnumerable<ValidationResult> Validate(string name)
    {
        var section = $"Models:Tokenizers:{name}";
        if (string.IsNullOrWhiteSpace(RanksFile))
        {
            yield return new($"{section}:RanksFile is missing: set it to the path of the tokenizer's published rank file.");
        }
        if (SplitPattern.Find(Pattern) is null)
        {
            yield return new($"{section}:Pattern must be one of {string.Join(", ", SplitPattern.Names)}: the one that the rank file was made for.");
        }
        if (Sha256.Length > 0 && !Hash().IsMatch(Sha256))
        {
            yield return new($"{section}:Sha256 must be 64 hexadecimal digits, or absent.");
        }
    }

    /// <summary>The setting of a model that names its tokenizer.</summary>
    internal static IEnumerable<ValidationResult> ValidateUse(string section, string tokenizer, IEnumerable<string> known) =>
        tokenizer.Length == 0 || known.Contains(tokenizer)
            ? []
            : [new($"{section}:Tokenizer must be a key of Models:Tokenizers: {string.Join(", ", known.DefaultIfEmpty("there is none"))}.")];

    [GeneratedRegex("^[0-9A-Fa-f]{64}$", RegexOptions.NonBacktracking)]
    private static partial Regex Hash();
}
