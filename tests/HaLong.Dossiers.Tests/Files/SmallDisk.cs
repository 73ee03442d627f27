using System.ComponentModel;
using System.Diagnostics;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>A file system of one megabyte in memory: really full when it is full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Everything that lies there, without folders.</summary>
    public string[] Files => Directory.GetFiles(Path, "*", SearchOption.AllDirectories);

    /// <summary>Skips the test where nobody may mount.</summary>
    public static SmallDisk Mount()
    {
        var path = Directory.CreateTempSubdirectory("small-disk").FullName;
        var refusal = Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path);
        Assert.SkipUnless(refusal is null, $"A small file system cannot be mounted here: {refusal}");
        return new SmallDisk(path);
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        var block = new byte[4096];
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, 1);
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // Full: what was wanted.
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Null when it worked, else what the program said.</summary>
    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!; // started or thrown
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : said.Trim();
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
