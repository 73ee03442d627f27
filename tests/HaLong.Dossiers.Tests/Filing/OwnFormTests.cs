using System.Net;
using System.Net.Http.Json;
using HaLong.Dossiers.Tests.Catalogue.Administration;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

public sealed class OwnFormTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string WithForm = "9.064001";

    [Fact]
    public async Task Who_filled_in_the_electronic_form_need_not_attach_it_and_who_did_not_is_told()
    {
        await Keepers.PublishedAsync(dossiers.Keeper(), dossiers.Keeper(), Keepers.Item(Free, WithForm, item => item["components"]![0]!["ownForm"] = "generic"), Keepers.Today);
        await HaLong.TestSupport.Eventually.Async(
            async () => (await dossiers.Factory.Client().GetAsync($"/api/v1/procedures/{WithForm}", Ct)).IsSuccessStatusCode, "the procedure is known");
        var client = dossiers.Citizen();
        var (filled, empty) = (await DraftAsync(client, new { thua = 7 }), await DraftAsync(client, new { }));
        var problem = await RefusedAsync(await PostAsync(client, empty, "submission"), 400, "DOS-0007");
        Assert.Equal("component1", Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal("SUBMITTED", (await BodyAsync(await PostAsync(client, filled, "submission"))).GetProperty("status").GetString());

        // A signed paper does as well.
        await BodyAsync(await UploadAsync(client, empty, 1, Samples.Pdf("đơn đã ký")), HttpStatusCode.Created);
        await BodyAsync(await PostAsync(client, empty, "submission"));
    }

    private static async Task<Guid> DraftAsync(HttpClient client, object data)
    {
        using var opened = await client.PostAsJsonAsync("/api/v1/dossiers", new { procedureCode = WithForm, unitCode = Unit, subject = $"Xác nhận {Guid.CreateVersion7()}", data, prefill = false }, Ct);
        var id = (await BodyAsync(opened, HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await BodyAsync(await UploadAsync(client, id, 2, Samples.Pdf("giấy tờ")), HttpStatusCode.Created);
        return id;
    }
}
