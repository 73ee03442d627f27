using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Tests.Tools;

namespace HaLong.Signatures.Tests.Sessions;

/// <summary>Who sees and does what; what people make for themselves.</summary>
[Collection(SessionTestGroup.Name)]
public sealed class AccessTests(SessionFixture fixture)
{
    private const string Sessions = "/api/v1/signing-sessions";

    private static Task<SessionAnswer> CreateAsync(SessionPerson person, Action<MultipartFormDataContent>? change = null, string? key = null,
        byte[]? pdf = null,
        string name = "Tờ khai.pdf")
    {
        var form = new MultipartFormDataContent { { new StringContent("Nộp tờ khai"), "purpose" }, { new StringContent("Người khai"),
            "role" } };
        var file = new ByteArrayContent(pdf ?? SamplePdfs.Table());
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        form.Add(file, "file", name);
        change?.Invoke(form);
        var request = new HttpRequestMessage(HttpMethod.Post, Sessions) { Content = form };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return person.SendAsync(request);
    }

    [Fact]
    public async Task A_person_signs_a_form_of_his_own_before_filing_it()
    {
        var person = fixture.Person();
        var made = await CreateAsync(person);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var session = Guid.Parse(made.Text("id")!);
        Assert.Equal($"{Sessions}/{session}", made.Raw.Headers.Location?.ToString());
        var read = await person.SessionAsync(session);
        Assert.Equal(made.Raw.Headers.ETag, read.Raw.Headers.ETag);
        Assert.Equal(("Tờ khai.pdf", "Người khai", ConsentText.Version), (read.Body.GetProperty("documents")[0].GetProperty("name")
            .GetString(),
            read.Body.GetProperty("signers")[0].GetProperty("role").GetString(), read.Body.GetProperty("consent").GetProperty("version")
                .GetString()));
        Assert.Equal("done", (await person.SignAsync(session)).Succeeded().Text("state"));
        Assert.Equal("completed", (await person.SessionAsync(session)).Text("state"));
    }

    [Fact]
    public async Task The_same_key_makes_one_session_and_other_content_under_it_is_refused()
    {
        var person = fixture.Person();
        var first = await CreateAsync(person, key: "form-1");
        Assert.Equal(first.Text("id"), (await CreateAsync(person, key: "form-1")).Text("id"));
        (await CreateAsync(person, key: "form-1", pdf: SamplePdfs.Table(5))).Refused(HttpStatusCode.UnprocessableEntity, "CMN-0422");
        Assert.NotEqual(first.Text("id"), (await CreateAsync(person)).Text("id"));
        Assert.Equal(2, (await person.ListAsync("?as=creator")).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task What_is_wrong_with_a_form_is_told()
    {
        var person = fixture.Person();
        (await CreateAsync(person, pdf: "no pdf"u8.ToArray())).Refused(HttpStatusCode.UnsupportedMediaType, "SIG-0002");
        (await CreateAsync(person, pdf: SamplePdfs.Table()[..200])).Refused(HttpStatusCode.BadRequest, "SIG-0004");
        (await CreateAsync(person, f => f.Add(new StringContent("tomorrow"), "deadline"))).Refused(HttpStatusCode.BadRequest, "SIG-0301");
        (await CreateAsync(person, f => f.Add(new StringContent("2020-01-01T00:00:00Z"), "deadline"))).Refused(HttpStatusCode.BadRequest,
            "SIG-0301");
        (await CreateAsync(person, f => f.Add(new StringContent(new string('x', 5000)), "subject")))
            .Refused(HttpStatusCode.RequestEntityTooLarge, "CMN-0413");
        (await CreateAsync(person, f => Enumerable.Range(0, 20).ToList().ForEach(i => f.Add(new ByteArrayContent(SamplePdfs.Table()),
            "file", $"{i}.pdf"))))
            .Refused(HttpStatusCode.BadRequest, "SIG-0301");
        (await CreateAsync(person, f => Enumerable.Range(0, 11).ToList().ForEach(i => f.Add(new StringContent("x"), "x" + i))))
            .Refused(HttpStatusCode.BadRequest, "SIG-0301");
        (await person.PostAsync(Sessions, new { purpose = "x" })).Refused(HttpStatusCode.UnsupportedMediaType, "CMN-0415");
        using var broken = new HttpRequestMessage(HttpMethod.Post,
            Sessions)
        { Content = new ByteArrayContent(Encoding.ASCII.GetBytes("no parts")) };
        broken.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        (await person.SendAsync(broken)).Refused(HttpStatusCode.BadRequest, "CMN-0400");
        // Whatever path a browser sends, a name is a name.
        Assert.Equal("a.pdf", (await CreateAsync(person, name: "C:\\x\\a.pdf")).Body.GetProperty("documents")[0].GetProperty("name")
            .GetString());
    }

    [Fact]
    public async Task Fifty_megabytes_and_no_more()
    {
        var person = fixture.Person();
        (await CreateAsync(person, pdf: new byte[50 * 1024 * 1024 + 1])).Refused(HttpStatusCode.RequestEntityTooLarge, "SIG-0006");
    }

    [Fact]
    public async Task For_strangers_there_is_no_session_and_no_answer_tells_otherwise()
    {
        var (person, stranger) = (fixture.Person(), fixture.Person(unit: "06658", roles: [Roles.Leader]));
        var session = await fixture.OpenAsync((person.Account, 1));
        var document = (await fixture.SessionAsync(session)).Documents.Single().Id;
        foreach (var id in new[] { session, Guid.CreateVersion7() })
        {
            (await stranger.SessionAsync(id)).Refused(HttpStatusCode.NotFound, "SIG-0302");
            (await stranger.GetAsync($"{Sessions}/{id}/documents/{document}/content")).Refused(HttpStatusCode.NotFound, "SIG-0302");
            (await stranger.GetAsync($"{Sessions}/{id}/events")).Refused(HttpStatusCode.NotFound, "SIG-0302");
            (await stranger.BeginAsync(id)).Refused(HttpStatusCode.NotFound, "SIG-0302");
            (await stranger.AuthoriseAsync(id)).Refused(HttpStatusCode.NotFound, "SIG-0302");
            (await stranger.StatusAsync(id)).Refused(HttpStatusCode.NotFound, "SIG-0302");
            (await stranger.RefuseAsync(id)).Refused(HttpStatusCode.NotFound, "SIG-0302");
            (await stranger.CancelAsync(id)).Refused(HttpStatusCode.NotFound, "SIG-0302");
        }

        Assert.Equal(0, (await stranger.ListAsync()).Body.GetProperty("items").GetArrayLength());
        (await person.GetAsync($"{Sessions}/{session}/documents/{Guid.CreateVersion7()}/content")).Refused(HttpStatusCode.NotFound,
            "SIG-0317");
        Assert.Equal(HttpStatusCode.Unauthorized, (await new SessionPerson(Guid.Empty, fixture.Service.Client()).SessionAsync(session))
            .Status);
    }

    [Fact]
    public async Task Delegates_and_helpers_neither_look_nor_sign()
    {
        var person = fixture.Person();
        var session = await fixture.OpenAsync((person.Account, 1));
        foreach (var token in new[]
        {
            fixture.Identity.Token(person.Account, actor: Guid.CreateVersion7(), delegation: Guid.CreateVersion7()),
            fixture.Identity.Token(person.Account, actor: Guid.CreateVersion7(), assistedSession: Guid.CreateVersion7(),
                channel: "assisted"),
        })
        {
            var helper = new SessionPerson(person.Account, fixture.Service.Client(token));
            (await helper.SessionAsync(session)).Refused(HttpStatusCode.Forbidden, "CMN-0403");
            (await helper.BeginAsync(session)).Refused(HttpStatusCode.Forbidden, "CMN-0403");
            (await helper.AuthoriseAsync(session)).Refused(HttpStatusCode.Forbidden, "CMN-0403");
            (await helper.RefuseAsync(session)).Refused(HttpStatusCode.Forbidden, "CMN-0403");
        }
    }

    [Fact]
    public async Task Refusing_needs_a_reason_and_a_signer_and_cancelling_the_creator()
    {
        var (signer, creator) = (fixture.Person(), fixture.Person());
        var session = await fixture.OpenAsync((signer.Account, 1));
        (await signer.RefuseAsync(session, " ")).Refused(HttpStatusCode.BadRequest, "SIG-0328");
        (await signer.RefuseAsync(session, new string('x', 501))).Refused(HttpStatusCode.BadRequest, "SIG-0328");
        (await signer.CancelAsync(session)).Refused(HttpStatusCode.Forbidden, "SIG-0326");
        (await signer.RefuseAsync(session, match: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "CMN-0412");
        var tag = (await signer.SessionAsync(session)).Raw.Headers.ETag!.ToString();
        Assert.Equal("refused", (await signer.RefuseAsync(session, "Sai tên", tag, "no-1")).Succeeded().Text("state"));
        Assert.Equal("refused", (await signer.RefuseAsync(session, "Sai tên", tag, "no-1")).Succeeded().Text("state"));
        (await signer.RefuseAsync(session, "Sai tên")).Refused(HttpStatusCode.Conflict, "SIG-0304");
        Assert.Equal("Sai tên", (await signer.SessionAsync(session)).Body.GetProperty("signers")[0].GetProperty("reason").GetString());

        var own = Guid.Parse((await CreateAsync(creator)).Text("id")!);
        Assert.Equal("cancelled", (await creator.CancelAsync(own)).Succeeded().Text("state"));
        (await creator.CancelAsync(own)).Refused(HttpStatusCode.Conflict, "SIG-0304");
        (await creator.BeginAsync(own)).Refused(HttpStatusCode.Conflict, "SIG-0304");
    }

    [Fact]
    public async Task Auditors_read_the_log_of_their_unit_and_nobody_elses()
    {
        var person = fixture.Person();
        var session = Guid.Parse((await fixture.As("dossier").CreateAsync(SessionFixture.Request([(person.Account, 1)], unit: "06701")))
            .SessionId);
        await person.ViewAllAsync(session);
        const string Log = "/api/v1/admin/signing-events";
        var mine = (await fixture.Person(roles: [Roles.Auditor], unit: "06701").GetAsync($"{Log}?session={session}")).Succeeded()
            .Body.GetProperty("items");
        Assert.Equal(["viewed", "requested", "opened"], mine.EnumerateArray().Select(e => e.GetProperty("step").GetString()));
        Assert.Equal(0, (await fixture.Person(roles: [Roles.Auditor], unit: "06702").GetAsync($"{Log}?session={session}")).Succeeded()
            .Body.GetProperty("items").GetArrayLength());
        (await fixture.Person(roles: [Roles.Auditor]).GetAsync(Log)).Refused(HttpStatusCode.Forbidden, "CMN-0403");
        (await fixture.Person(roles: [Roles.Leader], unit: "06701").GetAsync(Log)).Refused(HttpStatusCode.Forbidden, "CMN-0403");
        foreach (var query in new[] { "?limit=0", "?after=x", "?after=" + Cursor.Encode("x") })
            (await fixture.Person(roles: [Roles.Auditor], unit: "06701").GetAsync(Log + query)).Refused(HttpStatusCode.BadRequest,
                "CMN-0400");
    }

    [Fact]
    public async Task Lists_have_pages_states_and_two_sides()
    {
        var person = fixture.Person();
        var sessions = new List<Guid>();
        for (var i = 0; i < 3; i++)
            sessions.Add(await fixture.OpenAsync((person.Account, 1)));
        (await person.RefuseAsync(sessions[1])).Succeeded();
        var page = (await person.ListAsync("?limit=2")).Succeeded().Body;
        Assert.Equal(2, page.GetProperty("items").GetArrayLength());
        var rest = (await person.ListAsync($"?limit=2&after={page.GetProperty("after").GetString()}")).Body;
        Assert.Equal(sessions.Order(), page.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray())
            .Select(s => s.GetProperty("id").GetGuid()).Order());
        Assert.Equal(sessions[1], Assert.Single((await person.ListAsync("?state=refused")).Body.GetProperty("items").EnumerateArray())
            .GetProperty("id").GetGuid());
        Assert.Equal(0, (await person.ListAsync("?as=creator")).Body.GetProperty("items").GetArrayLength());
        foreach (var query in new[] { "?limit=0", "?after=x", "?state=0", "?state=whatever", "?as=friend" })
            (await person.ListAsync(query)).Refused(HttpStatusCode.BadRequest, "CMN-0400");
    }
}
