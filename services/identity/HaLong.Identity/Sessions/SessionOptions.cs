using System.ComponentModel.DataAnnotations;

namespace HaLong.Identity.Sessions;

/// <summary>How long a sign-in lasts, section Sessions. The browser's cookie ends earlier, see <see cref="TokenLifetimes.Session"/>.</summary>
internal sealed class SessionOptions : IValidatableObject
{
    public const string Section = "Sessions";

    /// <summary>People of the public: an app on their own telephone stays signed in as long as it is used.</summary>
    public Limits People { get; set; } = new() { Idle = TimeSpan.FromDays(14), Absolute = TimeSpan.FromDays(90) };

    /// <summary>Officials and helpers: they see other people's data, often at a desk that others pass.</summary>
    public Limits Staff { get; set; } = new() { Idle = TimeSpan.FromHours(2), Absolute = TimeSpan.FromHours(12) };

    /// <summary>How long an ended session is kept.</summary>
    public TimeSpan KeepEnded { get; set; } = TimeSpan.FromDays(90);

    public Limits Of(Session session) => session.IsStaff ? Staff : People;

    /// <summary>True when the session has been unused or open for too long, whether or not anybody has ended it yet.</summary>
    public bool IsOver(Session session, DateTimeOffset now) =>
        now - session.LastSeenAt > Of(session).Idle || now - session.StartedAt > Of(session).Absolute;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (new[] { People.Idle, People.Absolute, Staff.Idle, Staff.Absolute, KeepEnded }.Any(t => t <= TimeSpan.Zero))
            yield return new ValidationResult("Sessions: every limit must be longer than nothing.");
    }

    /// <summary>Idle: since it was last used. Absolute: since it began.</summary>
    internal sealed class Limits
    {
        public TimeSpan Idle { get; set; }

        public TimeSpan Absolute { get; set; }
    }
}
