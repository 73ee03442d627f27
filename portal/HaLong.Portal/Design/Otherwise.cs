using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Session;

namespace HaLong.Portal.Design;

/// <summary>What to show where a page cannot be shown.</summary>
internal static class Otherwise
{
    /// <param name="answer">Of what the page is about.</param>
    /// <param name="context">Of the request.</param>
    /// <param name="backTo">After signing in; the page itself when nothing is said.</param>
    /// <returns>Null when the page can be shown: with what was found, or with why nothing was.</returns>
    public static IResult? Of<T>(Answer<T> answer, HttpContext context, string? backTo = null) => answer.Status switch
    {
        HttpStatusCode.Unauthorized => SignInNeeded.From(context, backTo),
        HttpStatusCode.Forbidden => Pages.Of<NotYours>(answer.Trouble, StatusCodes.Status403Forbidden),
        HttpStatusCode.NotFound => Pages.Of<NotFound>(StatusCodes.Status404NotFound),
        _ => null,
    };

    /// <summary>After a form: the sign-in where it is needed. Everything else is said beside the form, so that nothing typed is lost.</summary>
    /// <param name="answer">To what was sent.</param>
    /// <param name="context">Of the request.</param>
    /// <param name="backTo">The page that has the form.</param>
    public static IResult? SignIn<T>(Answer<T> answer, HttpContext context, string backTo) =>
        answer.Status == HttpStatusCode.Unauthorized ? SignInNeeded.From(context, backTo) : null;
}
