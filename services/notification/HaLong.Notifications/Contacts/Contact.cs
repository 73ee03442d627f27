using System.ComponentModel;

namespace HaLong.Notifications.Contacts;

/// <summary>How to reach a person. Lives only in this process's memory.</summary>
[ImmutableObject(true)]
internal sealed record Contact(string? Email, string? Phone, string Language)
{
    public static readonly Contact Unknown = new(null, null, "vi");
}
