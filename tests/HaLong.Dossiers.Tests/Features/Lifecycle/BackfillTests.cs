using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence.Schema;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

public sealed class BackfillTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Dossiers_from_before_the_lifecycle_get_what_follows_from_their_past()
    {
        var client = dossiers.Citizen();
        var (draft, resolved) = (await DraftAsync(client), await dossiers.ResolvedAsync(client));
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync(
            $"UPDATE dossier SET processing_told = false, outcome = NULL, waiting_since = NULL, payment_status = 'settled', payment_amount = 150000, paid_amount = 0", Ct));
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE dossier_document SET result_id = NULL", Ct));

        await dossiers.InDbAsync(db => db.Database.ExecuteSqlRawAsync(LifecycleSql.Up, Ct));

        var dossier = await dossiers.InDbAsync(db => db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == resolved, Ct));
        Assert.Equal((true, Outcome.Approved, 150_000L, dossier.ResolvedAt), (dossier.ProcessingTold, dossier.Outcome, dossier.PaidAmount, dossier.WaitingSince));
        Assert.Equal(dossier.ResultDocumentId, await dossiers.InDbAsync(db => db.Documents.Where(d => d.DossierId == resolved && d.Kind == DocumentKind.UnsignedResult).Select(d => d.ResultId).SingleAsync(Ct)));
        var open = await dossiers.InDbAsync(db => db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == draft, Ct));
        Assert.Equal((false, null, open.CreatedAt), (open.ProcessingTold, open.Outcome, open.WaitingSince));
    }
}
