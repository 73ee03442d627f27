using System.ComponentModel.DataAnnotations;

namespace HaLong.Identity.Codes;

/// <summary>How one-time codes behave.</summary>
internal sealed class CodeOptions
{
    public const string Section = "Codes";

    /// <summary>How long a code can be used.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Wrong answers until a code is worth nothing.</summary>
    [Range(1, 10)]
    public int Tries { get; set; } = 5;

    /// <summary>Pause before another code can be asked for.</summary>
    public TimeSpan ResendPause { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Further codes for one question.</summary>
    [Range(0, 10)]
    public int Resends { get; set; } = 3;

    /// <summary>Codes for one number or address an hour, whoever asks.</summary>
    [Range(1, 1000)]
    public int PerTargetAndHour { get; set; } = 6;

    /// <summary>Codes to sign with for one number or address an hour: only its owner, signed in, can ask for them.</summary>
    [Range(1, 1000)]
    public int ToSignPerHour { get; set; } = 60;

    /// <summary>Codes asked for from one network address an hour. Large: a whole mobile network or one-stop office can share one.</summary>
    [Range(1, 100_000)]
    public int PerAddressAndHour { get; set; } = 60;

    /// <summary>First wait when the notification service cannot be reached; doubles up to <see cref="LongestDelay"/>.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a notice (not a code) is tried.</summary>
    public TimeSpan NoticeLifetime { get; set; } = TimeSpan.FromHours(12);

    public TimeSpan Wait(int attempt)
    {
        var wait = FirstDelay * Math.Pow(2, Math.Clamp(attempt - 1, 0, 20));
        return wait < LongestDelay ? wait : LongestDelay;
    }
}
