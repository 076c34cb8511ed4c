using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AiApp.Database;

/// <summary>One file of <c>Migrations/</c>: <c>0001_name.sql</c>.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    private const string NoTransaction = "-- no transaction";

    /// <summary>
    /// False when line 1 is <c>-- no transaction</c> and line 2 says why. Such a file holds one statement, because several
    /// sent together are one transaction to Postgres.
    /// </summary>
    public bool InTransaction { get; } = !Sql.StartsWith(NoTransaction, StringComparison.Ordinal);

    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    public static IReadOnlyList<Migration> ReadAll()
    {
        var assembly = typeof(Migration).Assembly;
        var migrations = assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                return Parse(name, reader.ReadToEnd());
            })
            .OrderBy(migration => migration.Number)
            .ToList();
        var twice = migrations.GroupBy(migration => migration.Number).FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? migrations
            : throw new MigrationException($"Number {twice.Key} is used twice ({string.Join(", ", twice.Select(m => m.Name))}): renumber one.");
    }

    internal static Migration Parse(string fileName, string text)
    {
        // A checkout may turn line ends; a checksum must not notice.
        var sql = text.ReplaceLineEndings("\n");
        if (fileName.Length < 6 || fileName[4] != '_'
            || !int.TryParse(fileName.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new MigrationException($"{fileName} is not named like 0001_name.sql.");
        }
        var migration = new Migration(number, Path.GetFileNameWithoutExtension(fileName), sql);
        var lines = sql.Split('\n', 3);
        return migration.InTransaction || (lines.Length == 3 && lines[1].StartsWith("-- ", StringComparison.Ordinal))
            ? migration
            : throw new MigrationException($"Line 2 of {fileName} must say why it runs without a transaction.");
    }
}
