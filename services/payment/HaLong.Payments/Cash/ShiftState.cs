namespace HaLong.Payments.Cash;

/// <summary>How far a shift at the till has come.</summary>
internal enum ShiftState
{
    /// <summary>Cash is taken.</summary>
    Open,

    /// <summary>The cashier has counted; a second person looks at it.</summary>
    Counted,

    /// <summary>A second person agreed to the count: nothing is taken any more, the money goes to the bank.</summary>
    Closed,
}
