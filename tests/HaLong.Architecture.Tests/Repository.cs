using System.Reflection;
using System.Text.RegularExpressions;

namespace HaLong.Architecture.Tests;

/// <summary>The source tree and the assemblies built from it.</summary>
internal static partial class Repository
{
    public static readonly string Root = FindRoot();

    public static readonly IReadOnlyList<string> ServiceNames = ["HaLong.Identity", "HaLong.Dossiers", "HaLong.Payments", "HaLong.Notifications", "HaLong.Signatures"];

    public static IEnumerable<Assembly> Services => ServiceNames.Select(Assembly.Load);

    public static IEnumerable<Assembly> Contracts => ServiceNames.Select(n => Assembly.Load(n + ".Contracts"));

    /// <summary>Hand-written C# files: path from the root with '/', and lines.</summary>
    public static IReadOnlyList<(string Path, string[] Lines)> Sources { get; } =
    [
        .. Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(p => !Generated().IsMatch("/" + p))
            .Select(p => (p, File.ReadAllLines(Path.Combine(Root, p)))),
    ];

    public static IEnumerable<(string Path, string[] Lines)> Production => Sources.Where(s => !s.Path.StartsWith("tests/", StringComparison.Ordinal));

    public static IEnumerable<(string Path, string[] Lines)> Tests => Sources.Where(s => s.Path.StartsWith("tests/", StringComparison.Ordinal));

    /// <summary>Compares with an approved file, or rewrites it when HALONG_APPROVE is set.</summary>
    public static void Approve(string path, string actual)
    {
        var file = Path.Combine(Root, path);
        actual = actual.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("HALONG_APPROVE") is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        Assert.True(File.Exists(file), $"{path} is missing. Approve it: HALONG_APPROVE=1 ./test.sh --filter Architecture");
        var approved = File.ReadAllText(file);
        var at = actual.Zip(approved).TakeWhile(p => p.First == p.Second).Count();
        Assert.True(actual == approved, $"{path} differs near:\n{actual[Math.Max(0, at - 200)..Math.Min(actual.Length, at + 200)]}\nIf that is meant: HALONG_APPROVE=1 ./test.sh --filter Architecture");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "HaLongServices.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new InvalidOperationException("HaLongServices.sln was not found above the tests.");
        }

        return folder;
    }

    [GeneratedRegex(@"/(bin|obj|node_modules|\.run|Migrations)/")]
    private static partial Regex Generated();
}
