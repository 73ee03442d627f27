using HaLong.Portal.Api;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Portal.Design.Desk;

/// <summary>Lists of the API as tables.</summary>
internal static class Lists
{
    /// <param name="answer">A page of the list; what could not be read is said in place of the table.</param>
    /// <param name="caption">What it lists.</param>
    /// <param name="here">The address of the page without <c>after</c>; null where there is no next page.</param>
    /// <param name="heads">Of the columns.</param>
    /// <param name="row">An item.</param>
    /// <param name="empty">What is said instead of nothing.</param>
    public static Part Of<T>(
        Answer<Listed<T>> answer, string caption, string? here, IReadOnlyList<string> heads, Func<T, IReadOnlyList<Cell>> row, string? empty = null) =>
            answer.Value is { } page
        ? new Table(caption, heads, [.. page.Items.Select(row)], empty,
            page.After is null || here is null ? null : QueryHelpers.AddQueryString(here, "after", page.After))
        : Unread(caption, answer.Trouble);

    /// <summary>A list without pages.</summary>
    public static Part Of<T>(Answer<IReadOnlyList<T>> answer, string caption, IReadOnlyList<string> heads, Func<T, IReadOnlyList<Cell>> row) =>
        Of(answer.Value is { } all ? new Answer<Listed<T>>(answer.Status, new Listed<T>(all, null), null, null)
            : new Answer<Listed<T>>(answer.Status, null, answer.Trouble, null), caption, null, heads, row);

    public static Notice Unread(string what, Trouble? trouble) => new($"{what}: {trouble?.Title ?? Trouble.Unreachable.Title}", "warning");

    /// <summary>A moment, or nothing.</summary>
    public static string? At(DateTimeOffset? at) => at is { } known ? Moment.Of(known) : null;

    /// <summary>How many there are in a list, as far as one page tells.</summary>
    public static string Count<T>(Answer<Listed<T>> answer) =>
        answer.Value is { } page ? page.Items.Count + (page.After is null ? "" : "+") : Text.Bilingual("không đọc được", "cannot be read");
}
