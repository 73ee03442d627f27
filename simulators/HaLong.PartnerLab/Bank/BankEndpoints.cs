using HaLong.PartnerLab.Dials;

namespace HaLong.PartnerLab.Bank;

internal static class BankEndpoints
{
    /// <summary>Pay what a VietQR code asks; amount and text only where the payer types something else; in a statement when the second bank shall tell it.</summary>
    internal sealed record TransferRequest(string? Payload, long? Amount, string? Text, bool InStatement = false);

    public static void MapBank(this IEndpointRouteBuilder app)
    {
        var transfers = app.MapGroup("/bank/transfers").AllowAnonymous();
        transfers.MapPost("", Post);
        transfers.MapGet("", (BankBook book) => book.All);
        transfers.MapGet("/{id:guid}", (Guid id, BankBook book) => book.Find(id) is { } t ? TypedResults.Ok(t) : Results.NotFound());
        transfers.MapDelete("", (BankBook book) => book.Clear());
    }

    private static IResult Post(TransferRequest request, BankBook book, DialBoard dials, TimeProvider clock)
    {
        if (dials.Take("bank.down") is not null)
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (VietQr.Read(request.Payload ?? "", out var fault) is not { } qr)
            return TypedResults.Problem($"This code cannot be paid: {fault}.", statusCode: StatusCodes.Status400BadRequest);
        if ((request.Amount ?? qr.Amount ?? 0) is var amount && amount <= 0)
            return TypedResults.Problem("An amount above zero is needed.", statusCode: StatusCodes.Status400BadRequest);

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var transfer = new Transfer(
            id, $"FT{id:N}", qr.Bin, qr.Account, amount,
            request.Text ?? qr.Purpose ?? qr.BillNumber ?? "", now, TransferState.Booked, [], request.InStatement);
        book.Book(transfer);
        return TypedResults.Created($"/bank/transfers/{id}", transfer);
    }
}
