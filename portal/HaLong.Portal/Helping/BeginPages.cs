using HaLong.Portal.Api;
using HaLong.Portal.Design;

namespace HaLong.Portal.Helping;

/// <summary><c>/helping/new</c>: whom to help, what for and where. The person is named in the body only.</summary>
internal static class BeginPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/new", () => Pages.Of<Begin>(new BeginModel(null, null, null, null, "office", null, HelpActs.Usual, FormKey.New(), null)));
        group.MapPost("/new", OpenAsync);
    }

    private static async Task<IResult> OpenAsync(IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var (number, name, phone) = ((string?)sent["number"], (string?)sent["name"], (string?)sent["phone"]);
        var (purpose, placeKind, placeText) = ((string?)sent["purpose"], (string?)sent["placeKind"], (string?)sent["placeText"]);
        string[] acts = [.. sent["acts"].OfType<string>().Intersect([.. HelpActs.Usual, HelpActs.AccountOpen])];
        var key = FormKey.Of(sent["once"]);
        // A telephone is asked for only where an account is opened; else the code goes to the one that the citizen has on file.
        var opened = await api.PostAsync<Assisted>("assisted-sessions", new
        {
            citizen = new
            {
                personalNumber = number?.Replace(" ", "", StringComparison.Ordinal),
                name,
                phone = acts.Contains(HelpActs.AccountOpen) && !string.IsNullOrWhiteSpace(phone) ? phone.Trim() : null,
            },
            purpose,
            place = new { kind = placeKind, text = placeText },
            acts,
        }, key, null, ct);
        if (opened.Value is { } session)
            return Pages.Go($"/helping/{session.Id}");
        return opened.Status is System.Net.HttpStatusCode.Unauthorized or System.Net.HttpStatusCode.Forbidden
            ? HelpingPages.Otherwise(opened, context, "/helping/new")
            // What was refused is another question once it is changed.
            : Pages.Of<Begin>(new BeginModel(number, name, phone, purpose, placeKind, placeText, acts,
                opened.Status == System.Net.HttpStatusCode.ServiceUnavailable ? key : FormKey.New(), opened.Trouble), (int)opened.Status);
    }
}
