using System.CommandLine;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AiApp.Api;

/// <summary>Runs a command of the server's console; what an operator can mend is told in a line, with exit code 1.</summary>
internal static class ServerCommand
{
    public static async Task<int> RunAsync(RootCommand command, string[] args, TextWriter? output)
    {
        try
        {
            return await command.Parse(args).InvokeAsync(new()
            {
                EnableDefaultExceptionHandler = false,
                Output = output ?? Console.Out,
                Error = output ?? Console.Error,
            });
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException or OptionsValidationException)
        {
            await (output ?? Console.Error).WriteLineAsync(failure.Message);
            return 1;
        }
    }
}
