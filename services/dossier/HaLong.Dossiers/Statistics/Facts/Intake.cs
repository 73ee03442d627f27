using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>Notes where a dossier comes from at the moment it is filed: only then is it known who files it, with whose help and by what program.</summary>
internal sealed class Intake(Caller caller, IOptionsMonitor<FactOptions> options)
{
    /// <summary>A helper of the public post, as identity calls it.</summary>
    public const string PostOffice = "postOffice";

    /// <summary>Notes it, unless whoever brought the dossier in has.</summary>
    /// <param name="dossier">As it is filed.</param>
    /// <param name="hand">Who files for the owner; null when he does himself, or reception does.</param>
    public void Note(Dossier dossier, Hand? hand)
    {
        if (dossier.IntakeSource is null)
            dossier.CameFrom(Of(dossier.Channel, hand, options.CurrentValue.AppClients.Contains(caller.ClientId, StringComparer.Ordinal)));
    }

    /// <summary>Where it comes from. A visit at home is one, whoever the helper works for.</summary>
    /// <param name="channel">Channel of the dossier.</param>
    /// <param name="hand">Who files for the owner.</param>
    /// <param name="byApp">The city's mobile app is used.</param>
    public static string Of(string channel, Hand? hand, bool byApp) => channel switch
    {
        "counter" => IntakeSource.Counter,
        "post" => IntakeSource.Post,
        _ when hand is { AssistedSessionId: not null } => hand.Place == AssistanceKind.Home ? IntakeSource.Home
            : hand.Organisation == PostOffice ? IntakeSource.Post : IntakeSource.Commune,
        _ => byApp ? IntakeSource.App : IntakeSource.OwnForm,
    };
}
