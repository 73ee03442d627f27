using System.Net;
using System.Text.Json;
using HaLong.Identity.Consents;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Persistence;
using HaLong.Identity.Tests.PersonalData;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Consents;

public sealed class ConsentTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Mine = "/api/v1/me/consents";

    [Fact]
    public async Task Anybody_can_read_what_data_is_processed_for_in_both_languages_with_the_hash_of_the_text()
    {
        var answer = await site.GetAsync(null, "/api/v1/consent-purposes");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var purposes = answer.Body.GetProperty("items").EnumerateArray().ToDictionary(p => p.GetProperty("purpose").GetString()!);
        Assert.Equal(
            [ConsentPurposes.AccessRecords, ConsentPurposes.Account, ConsentPurposes.AssistedSession, ConsentPurposes.DossierProcessing,
                ConsentPurposes.OptionalNotices, ConsentPurposes.ReusePapers, ConsentPurposes.Survey],
            purposes.Keys.Order(StringComparer.Ordinal));
        Assert.All(purposes.Values, p => Assert.Equal(
            ConsentText.Hash(p.GetProperty("textVi").GetString()!, p.GetProperty("textEn").GetString()!), p.GetProperty("textSha256").GetString()));
        Assert.Equal("LEGAL_DUTY", purposes[ConsentPurposes.AccessRecords].GetProperty("legalBasis").GetString());
        Assert.True(purposes[ConsentPurposes.Account].GetProperty("mandatory").GetBoolean());
    }

    [Fact]
    public async Task Nothing_is_agreed_to_by_default()
    {
        var token = await PersonAsync("nothing", "022195100001");

        Assert.Equal("none", await StateAsync(token, ConsentPurposes.OptionalNotices));
        Assert.Equal("notNeeded", await StateAsync(token, ConsentPurposes.DossierProcessing));
    }

    [Fact]
    public async Task A_consent_is_given_proved_and_withdrawn()
    {
        var token = await PersonAsync("giver", "022195100002");
        var id = await site.IdOfAsync("giver");
        await using var givenHeard = await Heard<ConsentGiven>.StartAsync(site);
        await using var withdrawnHeard = await Heard<ConsentWithdrawn>.StartAsync(site);

        var given = await site.PostAsync(token, Mine, new { purpose = ConsentPurposes.Survey, textVersion = 1, granted = true });
        Assert.Equal(HttpStatusCode.Created, given.Status);
        Assert.Equal("given", given.Body.GetProperty("state").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await site.DeleteAsync(token, $"{Mine}/{ConsentPurposes.Survey}")).Status);
        Assert.Equal("withdrawn", await StateAsync(token, ConsentPurposes.Survey));

        var proof = (await site.GetAsync(token, $"{Mine}/{ConsentPurposes.Survey}/proof")).Body;
        var lines = proof.GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal([true, false], lines.Select(l => l.GetProperty("granted").GetBoolean()));
        Assert.All(lines, l => Assert.Equal("online", l.GetProperty("channel").GetString()));
        Assert.All(lines, l => Assert.NotEqual(JsonValueKind.Null, l.GetProperty("sessionId").ValueKind));
        Assert.All(lines, l => Assert.Equal(proof.GetProperty("texts")[0].GetProperty("textSha256").GetString(), l.GetProperty("textSha256").GetString()));
        Assert.Equal((id, ConsentPurposes.Survey, 1), await givenHeard.WaitAsync(e => e.AccountId == id) is var heard ? (heard.AccountId, heard.Purpose, heard.TextVersion) : default);
        Assert.Equal(ConsentPurposes.Survey, (await withdrawnHeard.WaitAsync(e => e.AccountId == id)).Purpose);

        var pdf = await site.GetAsync(token, $"{Mine}/{ConsentPurposes.Survey}/proof.pdf");
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (pdf.Status, pdf.MediaType));
        Assert.True(pdf.Bytes.AsSpan().StartsWith("%PDF-"u8));
    }

    [Theory]
    [InlineData("""{"purpose":"satisfaction-survey","textVersion":1}""", "granted")]
    [InlineData("""{"purpose":"satisfaction-survey","textVersion":1,"granted":false}""", "granted")]
    [InlineData("""{"purpose":"satisfaction-survey","textVersion":1,"granted":null}""", "granted")]
    [InlineData("""{"purpose":"satisfaction-survey","granted":true}""", "textVersion")]
    [InlineData("""{"textVersion":1,"granted":true}""", "purpose")]
    [InlineData("{}", "granted,purpose,textVersion")]
    public async Task Consent_must_be_explicit(string body, string fields)
    {
        var answer = await site.PostAsync(await site.TokenAsync("citizen"), Mine, JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal((HttpStatusCode.BadRequest, "IDN-0621"), (answer.Status, answer.Code));
        Assert.Equal(fields.Split(','), answer.Fields);
    }

    [Theory]
    [InlineData("no-such-purpose", 1, HttpStatusCode.NotFound, "IDN-0620")]
    [InlineData("satisfaction-survey", 2, HttpStatusCode.Conflict, "IDN-0622")]
    [InlineData("satisfaction-survey", 0, HttpStatusCode.Conflict, "IDN-0622")]
    public async Task Only_the_text_in_force_can_be_agreed_to(string purpose, int version, HttpStatusCode status, string code)
    {
        var answer = await site.PostAsync(await site.TokenAsync("citizen"), Mine, new { purpose, textVersion = version, granted = true });

        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData(ConsentPurposes.AccessRecords, HttpStatusCode.Conflict, "IDN-0623")]
    [InlineData(ConsentPurposes.DossierProcessing, HttpStatusCode.Conflict, "IDN-0623")]
    [InlineData(ConsentPurposes.Account, HttpStatusCode.Conflict, "IDN-0624")]
    [InlineData(ConsentPurposes.Survey, HttpStatusCode.NotFound, "IDN-0625")]
    [InlineData("no-such-purpose", HttpStatusCode.NotFound, "IDN-0620")]
    public async Task What_does_not_rest_on_a_consent_that_was_given_is_not_withdrawn(string purpose, HttpStatusCode status, string code)
    {
        var token = await site.TokenAsync("helper");
        var answer = await site.DeleteAsync(token, $"{Mine}/{purpose}");

        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.False(string.IsNullOrEmpty(answer.Body.GetProperty("title").GetString()));
    }

    [Fact]
    public async Task A_new_version_of_a_text_makes_older_consents_outdated()
    {
        var token = await PersonAsync("renewer", "022195100003");
        await site.PostAsync(token, Mine, new { purpose = ConsentPurposes.ReusePapers, textVersion = 1, granted = true });
        await site.DatabaseAsync(async db =>
        {
            foreach (var (version, from) in new[] { (2, new DateOnly(2025, 1, 1)), (3, new DateOnly(2199, 1, 1)) })
            {
                db.ConsentTexts.Add(new ConsentText
                {
                    Purpose = ConsentPurposes.ReusePapers,
                    Version = version,
                    ValidFrom = from,
                    LegalBasis = LegalBases.Consent,
                    Mandatory = false,
                    Source = "-",
                    NameVi = "Mới",
                    NameEn = "New",
                    TextVi = "Mới",
                    TextEn = "New",
                    Sha256 = ConsentText.Hash("Mới", "New"),
                });
            }

            return await db.SaveChangesAsync();
        });

        Assert.Equal("outdated", await StateAsync(token, ConsentPurposes.ReusePapers));
        Assert.False(await site.InScopeAsync<ConsentLedger, bool>(async l => await l.AllowsAsync(await site.IdOfAsync("renewer"), ConsentPurposes.ReusePapers, default)));
        var old = await site.PostAsync(token, Mine, new { purpose = ConsentPurposes.ReusePapers, textVersion = 1, granted = true });
        Assert.Equal("IDN-0622", old.Code);
        Assert.Equal(HttpStatusCode.Created, (await site.PostAsync(token, Mine, new { purpose = ConsentPurposes.ReusePapers, textVersion = 2, granted = true })).Status);
        Assert.True(await site.InScopeAsync<ConsentLedger, bool>(async l => await l.AllowsAsync(await site.IdOfAsync("renewer"), ConsentPurposes.ReusePapers, default)));
    }

    [Fact]
    public async Task Registration_and_assisted_sessions_record_consents_with_their_own_proof()
    {
        var helper = await site.IdOfAsync("helper");
        var person = await site.PersonAsync("assisted", "022195100004");
        var session = Guid.CreateVersion7();
        await using (var scope = site.Service.Services.CreateAsyncScope())
        {
            var ledger = scope.ServiceProvider.GetRequiredService<ConsentLedger>();
            var recorded = await ledger.RecordAsync(person, ConsentPurposes.AssistedSession, 1, true, new ConsentProof("assisted", session, helper, "paper:1"), default);
            Assert.True(recorded.IsSuccess);
            var refused = await ledger.RecordAsync(person, ConsentPurposes.AccessRecords, 1, false, new ConsentProof("assisted", session, helper), default);
            Assert.Equal(ErrorKind.Conflict, refused.Error.Kind);
            await scope.ServiceProvider.GetRequiredService<IdentityDbContext>().SaveChangesAsync();
        }

        var line = await site.DatabaseAsync(db => db.Consents.AsNoTracking().SingleAsync(c => c.AccountId == person));
        Assert.Equal((session, helper, "assisted", "paper:1"), (line.SessionId, line.ActorId, line.Channel, line.Evidence));
    }

    [Fact]
    public async Task Lines_of_the_ledger_cannot_be_changed_or_removed_even_in_the_database()
    {
        var token = await PersonAsync("keeper", "022195100005");
        await site.PostAsync(token, Mine, new { purpose = ConsentPurposes.Survey, textVersion = 1, granted = true });

        foreach (var sql in new[] { "UPDATE consent SET granted = false", "DELETE FROM consent", "TRUNCATE consent" })
            Assert.Equal("55000", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => site.SqlAsync(sql))).SqlState);
    }

    [Fact]
    public async Task Nobody_agrees_for_somebody_else_and_nobody_unknown_agrees_at_all()
    {
        var body = new { purpose = ConsentPurposes.Survey, textVersion = 1, granted = true };
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.PostAsync(null, Mine, body)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await site.PostAsync(site.ServiceToken(), Mine, body)).Status);

        var delegated = await site.ActingTokenAsync("citizen", "helper");
        foreach (var (method, path) in new[] { (HttpMethod.Get, Mine), (HttpMethod.Post, Mine), (HttpMethod.Delete, Mine + "/satisfaction-survey"), (HttpMethod.Get, Mine + "/satisfaction-survey/proof") })
        {
            var answer = await site.CallAsync(delegated, method, path, method == HttpMethod.Post ? body : null);
            Assert.Equal((HttpStatusCode.Forbidden, "CMN-0403"), (answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task The_same_key_gives_one_line()
    {
        var token = await PersonAsync("twice", "022195100006");
        var body = new { purpose = ConsentPurposes.Survey, textVersion = 1, granted = true };
        await site.PostAsync(token, Mine, body, key: "consent-1");
        Assert.Equal(HttpStatusCode.Created, (await site.PostAsync(token, Mine, body, key: "consent-1")).Status);

        var id = await site.IdOfAsync("twice");
        Assert.Equal(1, await site.DatabaseAsync(db => db.Consents.CountAsync(c => c.AccountId == id)));
        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync(token, $"{Mine}/{ConsentPurposes.ReusePapers}/proof")).Status);
    }

    private async Task<string> PersonAsync(string name, string number)
    {
        await site.PersonAsync(name, number);
        return await site.TokenAsync(name);
    }

    private async Task<string?> StateAsync(string token, string purpose) => (await site.GetAsync(token, Mine)).Body.GetProperty("items").EnumerateArray()
        .Single(c => c.GetProperty("purpose").GetString() == purpose).GetProperty("state").GetString();
}
