using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Files.Checks;

/// <summary>How documents are looked at before filing, section <c>Files:Preflight</c>.</summary>
internal sealed class PreflightOptions
{
    public bool Enabled { get; set; } = true;

    /// <summary>Checks whose failure stands in the way of filing, by code; the others only warn.</summary>
    public string Blocking { get; set; } =
        string.Join(',', CheckCode.Opens, CheckCode.Encrypted, CheckCode.Size, CheckCode.Active, CheckCode.Blank, CheckCode.Signature, CheckCode.Malware);

    /// <summary>Child processes that read files at the same time.</summary>
    public int Workers { get; set; } = 2;

    /// <summary>Longest time for one file.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Most memory of such a process in MB, managed; twice as much in all.</summary>
    public int MemoryMegabytes { get; set; } = 512;

    /// <summary>How long filing waits for documents that nobody has looked at yet; after that they are let through as not checked.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>First pause before asking again somebody who did not answer; doubles up to an hour.</summary>
    public TimeSpan Retry { get; set; } = TimeSpan.FromSeconds(15);

    public bool Blocks(string code) => Blocking.Split(',', StringSplitOptions.TrimEntries).Contains(code, StringComparer.Ordinal);
}

/// <summary>The virus scanner, section <c>Files:ClamAv</c>; in use when <see cref="Host"/> is set.</summary>
internal sealed class ClamAvOptions
{
    public string Host { get; set; } = "";

    public int Port { get; set; } = 3310;

    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(60);

    public bool IsUsed => Host.Length > 0;
}
