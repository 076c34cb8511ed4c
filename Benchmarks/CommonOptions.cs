using System.CommandLine;

namespace AiApp.Benchmarks;

/// <summary>Options that several benchmarks have.</summary>
internal static class CommonOptions
{
    public static Option<string> Connection()
    {
        var connection = new Option<string>("--connection")
        {
            Description = "Npgsql connection string of a migrated database; its login owns the schema. ConnectionStrings__aiapp when absent.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("ConnectionStrings__aiapp") ?? "",
        };
        connection.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValue(connection)))
            {
                result.AddError("No database: give --connection or set ConnectionStrings__aiapp.");
            }
        });
        return connection;
    }

    public static Option<int> Number(string name, int value, int least, int most, string description)
    {
        var (range, usual) = (most == int.MaxValue ? $"{least} or more" : $"{least} to {most}", value == int.MaxValue ? "all" : $"{value}");
        var option = new Option<int>(name) { Description = $"{description} {range}, {usual} when absent.", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) is var given && (given < least || given > most))
            {
                result.AddError($"{name} must be {range}.");
            }
        });
        return option;
    }
}
