using System.ComponentModel.DataAnnotations;

namespace HaLong.Dossiers.NationalPortal;

/// <summary>Settings of the connection with the National Public Service Portal, section <c>NationalPortal</c>; without a Url nothing is sent, and the ledger
/// waits.</summary>
internal sealed class PortalOptions
{
    public const string Section = "NationalPortal";

    /// <summary>Base address of the portal's adapter; empty: not connected.</summary>
    public string Url { get; set; } = "";

    /// <summary>What comes before every path there.</summary>
    public string Path { get; set; } = "";

    public string ClientId { get; set; } = "";
    public string ClientSecret { get; set; } = "";

    /// <summary>How long one question may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    public SendingOptions Sending { get; set; } = new();
    public CompareOptions Compare { get; set; } = new();
    public CatalogueOptions Catalogue { get; set; } = new();
    public InboundOptions Inbound { get; set; } = new();

    public bool Enabled => Url.Length > 0;

    /// <summary>The address of a path there.</summary>
    public Uri At(string path) => new($"{Url.TrimEnd('/')}{Path}{path}");

    public bool IsValid => !Enabled || (Uri.TryCreate(Url, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https" && ClientId.Length > 0 && ClientSecret.Length > 0
        && Timeout > TimeSpan.Zero && Sending.IsValid && Sending.Lease > Timeout * 4 && Compare.IsValid && Catalogue.IsValid && Inbound.IsValid);
}

/// <summary>How messages are sent.</summary>
internal sealed class SendingOptions
{
    /// <summary>How often it is looked for something to send.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Messages taken up in one transaction.</summary>
    [Range(1, 1000)]
    public int Batch { get; set; } = 100;

    /// <summary>Messages on their way at once, of each replica.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 8;

    /// <summary>Who took a message up and is not heard of for so long has crashed: somebody else asks the portal about it.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Pause after the first failure; doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>After so many failures in a row the portal counts as away.</summary>
    [Range(1, 100)]
    public int CircuitFailures { get; set; } = 5;

    /// <summary>How long it is left alone then at first; doubles up to <see cref="LongestBreak"/>.</summary>
    public TimeSpan FirstBreak { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestBreak { get; set; } = TimeSpan.FromMinutes(5);

    public bool IsValid => Interval > TimeSpan.Zero && FirstPause > TimeSpan.Zero && LongestPause >= FirstPause && FirstBreak > TimeSpan.Zero
        && LongestBreak >= FirstBreak;
}

/// <summary>How the portal's list is compared with ours.</summary>
internal sealed class CompareOptions
{
    /// <summary>Hour of the local day at which it begins.</summary>
    [Range(0, 23)]
    public int Hour { get; set; } = 2;

    /// <summary>How often it is looked whether one is due or asked for.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>One that failed is tried again after this.</summary>
    public TimeSpan Retry { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>What was changed or sent in the last minutes is not drift: the portal applies messages when it has time.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Dossiers on a page.</summary>
    [Range(1, 1000)]
    public int Page { get; set; } = 500;

    public bool IsValid => Interval > TimeSpan.Zero && Retry >= TimeSpan.Zero && Grace >= TimeSpan.Zero;
}

/// <summary>How the national catalogue is read.</summary>
internal sealed class CatalogueOptions
{
    /// <summary>Hour of the local day at which it begins.</summary>
    [Range(0, 23)]
    public int Hour { get; set; } = 3;

    /// <summary>How often it is looked whether one is due or asked for.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>One that failed is tried again after this.</summary>
    public TimeSpan Retry { get; set; } = TimeSpan.FromMinutes(15);

    public bool IsValid => Interval > TimeSpan.Zero && Retry >= TimeSpan.Zero;
}

/// <summary>How what was filed on the portal is fetched.</summary>
internal sealed class InboundOptions
{
    /// <summary>How often it is looked for something new.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the download of one file may take.</summary>
    public TimeSpan FileTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Pause after the first failure; doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(10);

    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A file that arrives broken so often in a row is a defect of the filing.</summary>
    [Range(1, 100)]
    public int FileAttempts { get; set; } = 5;

    /// <summary>How often it is looked again whether the person has an account by now.</summary>
    public TimeSpan AccountInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long to wait after so many failures.</summary>
    public TimeSpan Pause(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Clamp(failures - 1, 0, 20));
        return pause < LongestPause ? pause : LongestPause;
    }

    public bool IsValid => Interval > TimeSpan.Zero && FileTimeout > TimeSpan.Zero && FirstPause > TimeSpan.Zero && LongestPause >= FirstPause
        && AccountInterval > TimeSpan.Zero;
}
