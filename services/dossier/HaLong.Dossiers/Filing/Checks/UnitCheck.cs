using HaLong.Dossiers.Filing.Placing;

namespace HaLong.Dossiers.Filing.Checks;

/// <summary>The units are in force today; those that are no longer are followed to their successor, and a divided one is asked back.</summary>
internal sealed class UnitCheck(PlacementRouter router) : ISubmissionCheck
{
    public async Task CheckAsync(FilingCase filing, Defects defects, CancellationToken ct)
    {
        var placement = await router.AgainAsync(filing.Dossier, filing.Content, filing.Day, ct);
        if (placement.IsSuccess)
            filing.Placement = placement.Value;
        else
            defects.Add(placement.Error);
    }
}
