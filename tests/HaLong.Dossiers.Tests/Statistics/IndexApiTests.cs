using System.Net.Http.Json;
using System.Text.Json;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics;

public sealed class IndexApiTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Definitions = "/api/v1/statistics/index/definitions";
    private const string Calculations = "/api/v1/statistics/index/calculations";

    private HttpClient Leader => dossiers.Factory.Client(dossiers.Identity.Token(null, [Roles.Leader], Unit, strong: true));

    [Fact]
    public async Task Anybody_reads_how_the_index_is_computed()
    {
        using var anybody = dossiers.Factory.Client();

        var index = await anybody.GetFromJsonAsync<JsonElement>(Definitions + "?on=2026-11-23", Ct);

        Assert.Equal(("766-2022", 100, 6), (index.GetProperty("version").GetString(), index.GetProperty("totalPoints").GetDecimal(), index.GetProperty("groups").GetArrayLength()));
        var filing = index.GetProperty("components").EnumerateArray().Single(c => c.GetProperty("code").GetString() == "3.3");
        Assert.Equal(("onlineReceived * synchronisationRatio", "received", 0.5m), (filing.GetProperty("numerator").GetString(), filing.GetProperty("denominator").GetString(), filing.GetProperty("threshold").GetDecimal()));
        Assert.Equal("766-2022", (await anybody.GetFromJsonAsync<JsonElement>(Definitions, Ct)).GetProperty("version").GetString());
        await RefusedAsync(await anybody.GetAsync(Definitions + "?on=2022-06-22", Ct), 404, "DOS-0801");
    }

    [Fact]
    public async Task A_leader_asks_what_if()
    {
        using var leader = Leader;
        var counts = new { feeDossiers = 120, zeroFeeDossiers = 20, paidOnline = 24, reused = 220, received = 400 };

        var response = await leader.PostAsJsonAsync(Calculations, new { on = "2026-11-23", counts, changes = new { paidOnline = 30 } }, Ct);

        var answer = await BodyAsync(response);
        Assert.Equal((6.18m, 7.38m, 1.2m), (answer.GetProperty("score").GetProperty("total").GetDecimal(), answer.GetProperty("changed").GetProperty("total").GetDecimal(), answer.GetProperty("gain").GetDecimal()));
        Assert.Equal(["3.6", "4.3"], answer.GetProperty("chances").EnumerateArray().Select(c => c.GetProperty("code").GetString()));
        var plain = await BodyAsync(await leader.PostAsJsonAsync(Calculations, new { counts }, Ct));
        Assert.Equal(JsonValueKind.Null, plain.GetProperty("changed").ValueKind);
    }

    [Fact]
    public async Task What_cannot_be_counted_is_named_all_at_once()
    {
        using var leader = Leader;

        var response = await leader.PostAsJsonAsync(Calculations, new { counts = new { reused = -1, received = 400, nonsense = 1 }, changes = new { other = 2 } }, Ct);

        var fields = (await RefusedAsync(response, 400, "DOS-0802")).GetProperty("errors").EnumerateObject().Select(f => f.Name);
        Assert.Equal(["nonsense", "other", "reused"], fields.Order(StringComparer.Ordinal));
        await RefusedAsync(await leader.PostAsJsonAsync(Calculations, new { }, Ct), 400, "DOS-0802");
        await RefusedAsync(await leader.PostAsJsonAsync(Calculations, new { on = "2020-01-01", counts = new { received = 1 } }, Ct), 404, "DOS-0801");
    }

    [Fact]
    public async Task Citizens_have_no_what_if()
    {
        using var citizen = dossiers.Factory.Client(dossiers.Identity.Token(Guid.CreateVersion7(), [Roles.Citizen]));
        using var response = await citizen.PostAsJsonAsync(Calculations, new { counts = new { received = 1 } }, Ct);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, response.StatusCode);
    }
}
