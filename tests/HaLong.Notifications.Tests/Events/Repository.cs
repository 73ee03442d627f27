namespace HaLong.Notifications.Tests.Events;

/// <summary>Files of the repository that show what the code says; <c>HALONG_APPROVE=1</c> rewrites them.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static void Approve(string path, string actual)
    {
        var file = Path.Combine(Root, path);
        actual = actual.TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("HALONG_APPROVE") is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
            return;
        }

        Assert.True(File.Exists(file), $"{path} is missing; HALONG_APPROVE=1 writes it");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "HaLongServices.sln")))
            folder = Path.GetDirectoryName(folder.TrimEnd('/')) ?? throw new InvalidOperationException("HaLongServices.sln was not found above the tests.");
        return folder;
    }
}
