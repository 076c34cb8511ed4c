using System.Diagnostics;
using System.Globalization;
using System.Text;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Exceptions;

namespace UglyToad.PdfPig;

/// <summary>Runs pdftotext on bytes. It dies with the thread that waits for it, and has bounds of its own: files may be hostile.</summary>
internal static class PdfToText
{
    private const int MaxCharacters = 64 * 1024 * 1024;
    private const int CpuSeconds = 60;
    private const long MemoryBytes = 2L * 1024 * 1024 * 1024;

    public static string Run(byte[] file)
    {
        var start = new ProcessStartInfo("setpriv")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        string[] arguments =
        [
            "--pdeathsig", "KILL", "--", "prlimit", string.Create(CultureInfo.InvariantCulture, $"--cpu={CpuSeconds}"),
            string.Create(CultureInfo.InvariantCulture, $"--as={MemoryBytes}"), "pdftotext", "-htmlmeta", "-enc", "UTF-8", "-", "-",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var input = Feed(process, file);
        var output = Read(process);
        process.WaitForExit();
        input.GetAwaiter().GetResult();
        var said = errors.GetAwaiter().GetResult();
        if (said.Contains("Incorrect password", StringComparison.Ordinal))
        {
            throw new PdfDocumentEncryptedException("The document is encrypted and the password is missing.");
        }

        return process.ExitCode switch
        {
            0 => output,
            126 or 127 => throw new System.ComponentModel.Win32Exception("pdftotext could not be started."),
            _ => throw new PdfDocumentFormatException("pdftotext could not read the document."),
        };
    }

    private static async Task Feed(Process process, byte[] file)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(file);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has seen enough and closed its end.
        }
    }

    private static string Read(Process process)
    {
        var text = new StringBuilder();
        var buffer = new char[64 * 1024];
        for (int read; (read = process.StandardOutput.Read(buffer)) > 0;)
        {
            text.Append(buffer, 0, read);
            if (text.Length > MaxCharacters)
            {
                process.Kill();
                throw new PdfDocumentFormatException("The document has too much text.");
            }
        }

        return text.ToString();
    }
}
