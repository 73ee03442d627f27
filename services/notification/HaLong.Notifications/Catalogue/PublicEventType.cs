using HaLong.Notifications.Features.Events;

namespace HaLong.Notifications.Catalogue;

/// <summary>One line of the catalogue: a type of event that partners may get.</summary>
/// <param name="Since">Version of the platform that first told it.</param>
/// <param name="Vi">What happened, in Vietnamese.</param>
/// <param name="En">What happened, in English.</param>
/// <param name="Example">A fact as it could have happened; its data say which record is the type's.</param>
internal sealed record PublicEventType(string Since, string Vi, string En, PublicFact Example)
{
    private const string Family = "vn.halong.dossier.";

    public string Type => Example.Type;

    /// <summary>The record that is the event's <c>data</c>.</summary>
    public Type Data => Example.Data.GetType();

    /// <summary>The version that the name ends with; a change that could break a reader makes a new one.</summary>
    public int Version => int.Parse(Type[(Type.LastIndexOf(".v", StringComparison.Ordinal) + 2)..], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The name without family and version, in camel case, as the name of the message in the AsyncAPI document: <c>feePaid</c>.</summary>
    public string Key
    {
        get
        {
            var words = Type[Family.Length..Type.LastIndexOf(".v", StringComparison.Ordinal)].Split('-');
            var name = words[0] + string.Concat(words.Skip(1).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
            return Version == 1 ? name : $"{name}V{Version}";
        }
    }
}
