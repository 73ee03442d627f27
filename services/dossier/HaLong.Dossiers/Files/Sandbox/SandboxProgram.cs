using System.Text.Json;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Files.Sandbox;

/// <summary>
/// The child process that opens files of strangers: a line of JSON in, a line out, until the parent closes the pipe. It has no connection
/// strings, little memory and little time; whatever a file does to it, it does to it alone.
/// </summary>
internal static class SandboxProgram
{
    public const string Argument = "sandbox";

    /// <summary>Above this it ends after the answer, and the parent starts a fresh one.</summary>
    private const long WornOut = 300L * 1024 * 1024;

    public static int Run(TextReader input, TextWriter output, long wornOut = WornOut)
    {
        ProcessLimits.Apply();
        while (input.ReadLine() is { } line)
        {
            var answer = Answer(JsonSerializer.Deserialize<SandboxRequest>(line)!);
            output.WriteLine(JsonSerializer.Serialize(answer));
            output.Flush();
            if (Environment.WorkingSet > wornOut)
                return 0;
        }
        return 0;
    }

    internal static SandboxAnswer Answer(SandboxRequest request)
    {
        try
        {
            return request switch
            {
                { Output: { } output } => PhotoSheet.Join(request.Paths, output),
                { MediaType: "application/pdf" } => PdfInspector.Inspect(request.Paths[0]),
                _ => ImageInspector.Inspect(request.Paths[0]),
            };
        }
        catch (OutOfMemoryException)
        {
            return SandboxAnswer.TooComplex;
        }
#pragma warning disable CA1031 // Whatever a damaged file makes a reader throw means one thing: it cannot be read.
        catch (Exception)
#pragma warning restore CA1031
        {
            return new SandboxAnswer([PreflightCheck.Fail(CheckCode.Opens, "broken")]);
        }
    }
}
