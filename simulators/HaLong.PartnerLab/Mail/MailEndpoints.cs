namespace HaLong.PartnerLab.Mail;

internal static class MailEndpoints
{
    internal sealed record Summary(
        Guid Id, DateTimeOffset ReceivedAt, string From, IReadOnlyList<string> To, string? Subject, string? MessageId, int Size, bool Encrypted)
    {
        public static Summary Of(Mail mail) =>
            new(mail.Id, mail.ReceivedAt, mail.From, mail.To, mail.Subject, mail.MessageId, mail.Content.Length, mail.WasEncrypted);
    }

    public static void MapMail(this IEndpointRouteBuilder app)
    {
        var messages = app.MapGroup("/mail/messages").AllowAnonymous();
        messages.MapGet("", (MailStore store, string? to) => store.All
            .Where(mail => to is null || mail.To.Contains(to, StringComparer.OrdinalIgnoreCase))
            .Select(Summary.Of));
        messages.MapGet("/{id:guid}", (Guid id, MailStore store) => store.All.FirstOrDefault(mail => mail.Id == id) is { } found
            ? TypedResults.Ok(Summary.Of(found))
            : Results.NotFound());
        messages.MapGet("/{id:guid}.eml", (Guid id, MailStore store) => store.All.FirstOrDefault(mail => mail.Id == id) is { } found
            ? TypedResults.Bytes(found.Content, "message/rfc822", $"{id}.eml")
            : Results.NotFound());
        messages.MapDelete("", (MailStore store) => store.Clear());
        app.MapGet("/mail/server", (SmtpSink sink) => new { host = "127.0.0.1", port = sink.Port, connections = sink.Accepted }).AllowAnonymous();
        app.MapGet("/mail/root.pem", (LabCertificate certificate) => TypedResults.Text(certificate.RootPem, "application/x-pem-file")).AllowAnonymous();
    }
}
