using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using HaLong.Identity.Assisted;
using HaLong.Identity.Keys;
using HaLong.Identity.Tests.Delegations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Identity.Tests.AssistedHelp;
using static HaLong.Identity.Tests.Delegations.People;

namespace HaLong.Identity.Tests.Assisted;

public sealed class PaperConsentTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private async Task<(HttpClient Helper, Guid Id, TestPerson Citizen)> OpenedAsync(string[]? acts = null)
    {
        var (helper, citizen) = (await site.AsAsync(await site.HelperAsync()), await site.PersonAsync(name: "Cụ Bà Không Máy"));
        return (helper, await OpenAsync(helper, Ask(citizen, acts)), citizen);
    }

    [Fact]
    public async Task Paper_and_a_second_helper_start_the_session_of_who_has_no_telephone()
    {
        var (helper, id, citizen) = await OpenedAsync();
        Assert.Equal("awaitingWitness", (await BodyAsync(await PaperAsync(helper, id, Pdf))).GetProperty("state").GetString());
        var second = await site.AsAsync(await site.HelperAsync());
        Assert.Equal("awaitingWitness", (await SessionAsync(second, id)).GetProperty("state").GetString());
        var body = await BodyAsync(await WitnessAsync(second, id));
        Assert.Equal(("active", "paper"), (body.GetProperty("state").GetString(), body.GetProperty("consent").GetString()));

        var paper = await site.DatabaseAsync(db => db.PaperConsents.SingleAsync(p => p.Id == id));
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(Pdf)), "application/pdf"), (paper.Sha256, paper.MediaType));
        Assert.DoesNotContain("%PDF", System.Text.Encoding.Latin1.GetString(paper.SealedScan), StringComparison.Ordinal);
        Assert.Equal(Pdf, site.Service.Services.GetRequiredService<FieldVault>().Open(AssistedSeals.Paper, id.ToString(), paper.SealedScan));
        var line = await site.DatabaseAsync(db => db.Consents.SingleAsync(c => c.AccountId == citizen.Id));
        Assert.Equal("sha256:" + paper.Sha256, line.Evidence);
        // The witness has done his part and sees no more of it.
        await RefusedAsync(await second.GetAsync($"{Api}/{id}", Ct), 404, "IDN-0503");
    }

    [Fact]
    public async Task The_opener_another_unit_and_a_second_time_are_no_witness()
    {
        var (helper, id, _) = await OpenedAsync();
        await RefusedAsync(await WitnessAsync(helper, id), 403, "IDN-0508");
        var second = await site.AsAsync(await site.HelperAsync());
        await RefusedAsync(await WitnessAsync(second, id), 404, "IDN-0503");
        await BodyAsync(await PaperAsync(helper, id, Pdf));
        await RefusedAsync(await WitnessAsync(helper, id), 403, "IDN-0508");
        await RefusedAsync(await WitnessAsync(await site.AsAsync(await site.HelperAsync("06652")), id), 404, "IDN-0503");
        using var citizen = await WitnessAsync(await site.AsAsync(await site.CitizenAsync()), id);
        Assert.Equal(HttpStatusCode.Forbidden, citizen.StatusCode);
        await BodyAsync(await WitnessAsync(second, id));
        await RefusedAsync(await WitnessAsync(await site.AsAsync(await site.HelperAsync()), id), 404, "IDN-0503");
    }

    [Fact]
    public async Task A_witness_comes_within_a_quarter_of_an_hour()
    {
        var (helper, id, _) = await OpenedAsync();
        await BodyAsync(await PaperAsync(helper, id, Pdf));
        await site.LapseAsync(id);
        await RefusedAsync(await WitnessAsync(await site.AsAsync(await site.HelperAsync()), id), 409, "IDN-0504");
    }

    [Fact]
    public async Task Two_witnesses_at_once_are_one()
    {
        var (helper, id, _) = await OpenedAsync();
        await BodyAsync(await PaperAsync(helper, id, Pdf));
        var (one, two) = (await site.AsAsync(await site.HelperAsync()), await site.AsAsync(await site.HelperAsync()));
        var answers = await Task.WhenAll(WitnessAsync(one, id), WitnessAsync(two, id));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_an_intact_scan_of_a_reasonable_size_is_taken()
    {
        var (helper, id, _) = await OpenedAsync();
        await RefusedAsync(await PaperAsync(helper, id, "<script>"u8.ToArray()), 415, "IDN-0512");
        await RefusedAsync(await PaperAsync(helper, id, Pdf[..20]), 415, "IDN-0512");
        await RefusedAsync(await PaperAsync(helper, id, []), 400, "IDN-0511");
        await RefusedAsync(await PaperAsync(helper, id, Pdf, "file"), 400, "IDN-0511");
        await RefusedAsync(await PaperAsync(helper, id, [.. Pdf, .. new byte[PaperConsents.MaxBytes]]), 413, "IDN-0513");
        using var twice = new MultipartFormDataContent { { new ByteArrayContent(Pdf), "scan", "a.pdf" }, { new ByteArrayContent(Pdf), "scan", "b.pdf" } };
        await RefusedAsync(await helper.PostAsync($"{Api}/{id}/paper-consent", twice, Ct), 400, "IDN-0511");
        using var raw = new ByteArrayContent(Pdf) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        await RefusedAsync(await helper.PostAsync($"{Api}/{id}/paper-consent", raw, Ct), 400, "IDN-0511");
        Assert.Equal("awaitingConsent", (await SessionAsync(helper, id)).GetProperty("state").GetString());
        await BodyAsync(await PaperAsync(helper, id, Pdf));
        await RefusedAsync(await PaperAsync(helper, id, Pdf), 409, "IDN-0504");
    }

    [Fact]
    public async Task Paper_for_somebody_who_does_not_exist_starts_nothing()
    {
        var helper = await site.AsAsync(await site.HelperAsync());
        var id = await OpenAsync(helper, Ask(NewNumber(), "Không Có Ai"));
        await BodyAsync(await PaperAsync(helper, id, Pdf));
        await RefusedAsync(await WitnessAsync(await site.AsAsync(await site.HelperAsync()), id), 409, "IDN-0509");
    }

    [Fact]
    public async Task Paper_can_open_an_account_without_a_telephone()
    {
        var (helper, number) = (await site.AsAsync(await site.HelperAsync()), NewNumber());
        var id = await OpenAsync(helper, Ask(number, "Cụ Ông Không Máy", ["account.open", "dossier.fill"]));
        Assert.Null(await site.SmsAsync(id));
        await BodyAsync(await PaperAsync(helper, id, Pdf));
        await BodyAsync(await WitnessAsync(await site.AsAsync(await site.HelperAsync()), id));
        var account = await site.DatabaseAsync(async db =>
        {
            var citizen = await db.AssistedSessions.Where(s => s.Id == id).Select(s => s.CitizenId).SingleAsync();
            return await db.Accounts.SingleAsync(a => a.Id == citizen);
        });
        Assert.Equal(("Cụ Ông Không Máy", null), (account.DisplayName, account.Phone));
    }
}
